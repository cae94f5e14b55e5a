package io.signalbox.mesh.whatif;

import io.signalbox.mesh.model.Fault;
import io.signalbox.mesh.model.TrafficPolicy;
import java.util.ArrayList;
import java.util.List;

/** Names the parts of two policies that differ and of which a rerun says nothing. */
final class NotReplayed {

    private NotReplayed() {}

    static List<String> of(TrafficPolicy was, TrafficPolicy is) {
        List<String> parts = new ArrayList<>();
        add("loadBalancing", was.balancing(), is.balancing(), parts);
        add("outlierDetection", was.protection().outliers(), is.protection().outliers(), parts);
        add("concurrencyLimit", was.protection().concurrency(), is.protection().concurrency(), parts);
        if (!same(was.experiments().faults(), is.experiments().faults())) {
            parts.add("faults");
        }
        return parts;
    }

    /** Whether the faults that are there under both do the same. */
    private static boolean same(List<Fault> was, List<Fault> is) {
        return was.stream()
                .allMatch(one -> is.stream()
                        .filter(other -> other.name().equals(one.name()))
                        .allMatch(other -> other.delay().equals(one.delay())
                                && other.end().equals(one.end())
                                && other.pace().equals(one.pace())));
    }

    private static void add(String name, Object was, Object is, List<String> parts) {
        if (!was.equals(is)) {
            parts.add(name);
        }
    }
}
