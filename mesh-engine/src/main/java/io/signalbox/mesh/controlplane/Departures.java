package io.signalbox.mesh.controlplane;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The newest instances that were deregistered and have not come back. Safe from any thread. */
final class Departures {

    static final int MOST = 10_000;

    private record Gone(String service, String instance) {}

    /** Oldest first. */
    @GuardedBy("this")
    private final Set<Gone> gone = new LinkedHashSet<>();

    @GuardedBy("this")
    private final SortedMap<String, Set<String>> byService = new TreeMap<>();

    synchronized void left(String service, String instance) {
        if (gone.add(new Gone(service, instance))) {
            byService.computeIfAbsent(service, _ -> new LinkedHashSet<>()).add(instance);
        }
        if (gone.size() > MOST) {
            forget(gone.iterator().next());
        }
    }

    synchronized void returned(String service, String instance) {
        forget(new Gone(service, instance));
    }

    /** Those of a service, oldest first. */
    synchronized List<String> of(String service) {
        return List.copyOf(byService.getOrDefault(service, Set.of()));
    }

    synchronized Set<String> services() {
        return Set.copyOf(byService.keySet());
    }

    @GuardedBy("this")
    private void forget(Gone one) {
        if (gone.remove(one)) {
            byService.computeIfPresent(one.service(), (_, instances) -> {
                instances.remove(one.instance());
                return instances.isEmpty() ? null : instances;
            });
        }
    }
}
