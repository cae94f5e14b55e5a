package io.signalbox.mesh.controlplane;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The sidecars in other processes that were attached and are gone; the last {@value #MOST}. Where there are more, the service
 * that has most of them makes room: nobody else's are forgotten for it. Safe from any thread.
 */
final class DepartedSidecars {

    private static final int MOST = 1_000;

    @GuardedBy("this")
    private final Map<SidecarName, Instant> since = new LinkedHashMap<>();

    synchronized void left(SidecarName name, Instant when) {
        since.remove(name);
        since.put(name, when);
        if (since.size() > MOST) {
            since.remove(oldest(largest()));
        }
    }

    @GuardedBy("this")
    private String largest() {
        Map<String, Integer> counts = new HashMap<>();
        since.keySet().forEach(name -> counts.merge(name.service(), 1, Integer::sum));
        return Collections.max(counts.entrySet(), Map.Entry.comparingByValue()).getKey();
    }

    @GuardedBy("this")
    private SidecarName oldest(String service) {
        return since.keySet().stream()
                .filter(name -> name.service().equals(service))
                .findFirst()
                .orElseThrow();
    }

    synchronized void returned(SidecarName name) {
        since.remove(name);
    }

    synchronized Optional<Instant> since(SidecarName name) {
        return Optional.ofNullable(since.get(name));
    }

    /** Those of a service, or under the name of an instance, by instance. */
    synchronized Map<String, Instant> named(String serviceOrInstance) {
        Map<String, Instant> named = new TreeMap<>();
        since.forEach((name, when) -> {
            if (name.service().equals(serviceOrInstance) || name.instance().equals(serviceOrInstance)) {
                named.put(name.instance(), when);
            }
        });
        return named;
    }
}
