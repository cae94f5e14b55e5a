package io.signalbox.mesh.controlplane;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The newest instances that were deregistered and have not come back. Safe from any thread. */
final class Departures {

    static final int MOST = 10_000;

    private record Gone(String service, String instance) {}

    @GuardedBy("this")
    private final Set<Gone> gone = new LinkedHashSet<>();

    synchronized void left(String service, String instance) {
        gone.add(new Gone(service, instance));
        if (gone.size() > MOST) {
            gone.remove(gone.iterator().next());
        }
    }

    synchronized void returned(String service, String instance) {
        gone.remove(new Gone(service, instance));
    }

    synchronized SortedMap<String, List<String>> byService() {
        SortedMap<String, List<String>> byService = new TreeMap<>();
        gone.forEach(one ->
                byService.computeIfAbsent(one.service(), _ -> new ArrayList<>()).add(one.instance()));
        return byService;
    }
}
