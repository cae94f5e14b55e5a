package io.signalbox.mesh.controlplane;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.signalbox.mesh.metrics.EdgeInterval;
import io.signalbox.mesh.model.Protocol;
import io.signalbox.mesh.model.Weight;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which versions the splits chose, and what came of it, since their weights were last changed, over at most one minute. Safe from any thread.
 */
final class ShareCounts {

    /**
     * What a split was asked, since when, and what came of it by version; of no version is what rules answered.
     *
     * @param openStreams connections that are no requests and have not ended
     */
    record Share(Instant since, Map<String, VersionCounts> versions, long openStreams) {

        VersionCounts of(String version) {
            return versions.getOrDefault(version, VersionCounts.NONE);
        }

        /** Of all versions together. */
        VersionCounts all() {
            return versions.values().stream().reduce(VersionCounts.NONE, VersionCounts::plus);
        }
    }

    private record Draws(long atNanos, Map<String, VersionCounts> versions) {}

    private static final class Split {
        private final Map<String, Weight> asked;
        private final Instant since;
        private final FirstReports first;
        private final ArrayDeque<Draws> draws = new ArrayDeque<>();

        Split(Map<String, Weight> asked, Instant since, FirstReports first) {
            this.asked = asked;
            this.since = since;
            this.first = first;
        }
    }

    @GuardedBy("this")
    private final Map<String, Split> splits = new HashMap<>();

    @GuardedBy("this")
    private final Map<SidecarLink, Map<String, Long>> openStreams = new HashMap<>();

    /** Whether these are other weights than those followed. */
    synchronized boolean differs(Map<String, Map<String, Weight>> asked) {
        return !asked.keySet().equals(splits.keySet())
                || asked.entrySet().stream().anyMatch(entry -> !same(entry.getKey(), entry.getValue()));
    }

    /**
     * Follows these weights from now on. A service whose weights changed begins at zero; what a sidecar in another
     * process tells first may be of before, and is left out.
     */
    synchronized void follow(Map<String, Map<String, Weight>> asked, Instant now, long nowNanos) {
        splits.keySet().retainAll(asked.keySet());
        asked.forEach((service, weights) -> {
            if (!same(service, weights)) {
                splits.put(service, new Split(weights, now, new FirstReports(nowNanos)));
            }
        });
    }

    /** @param teller whose report it is */
    synchronized void record(SidecarLink teller, List<EdgeInterval> report, long nowNanos) {
        Map<String, Map<String, VersionCounts>> counted = new HashMap<>();
        Map<String, Long> streams = new HashMap<>();
        for (EdgeInterval interval : report) {
            String service = interval.key().destination();
            if (splits.containsKey(service)) {
                if (FirstReports.tells(interval)) {
                    counted.computeIfAbsent(service, _ -> new HashMap<>())
                            .merge(interval.key().version(), VersionCounts.of(interval), VersionCounts::plus);
                }
                if (interval.key().protocol() == Protocol.TCP) {
                    streams.merge(service, (long) interval.inFlight(), Long::sum);
                }
            }
        }
        openStreams.put(teller, streams);
        counted.forEach((service, versions) -> {
            Split split = splits.get(service);
            if (split != null && (teller.takesWhole() || !split.first.mixes(teller, nowNanos))) {
                split.draws.addLast(new Draws(nowNanos, versions));
            }
        });
        splits.values()
                .forEach(split -> split.draws.removeIf(draws -> nowNanos - draws.atNanos() >= CallCell.MINUTE_NANOS));
    }

    /** What that one told no longer counts as open. */
    synchronized void forget(SidecarLink teller) {
        openStreams.remove(teller);
        splits.values().forEach(split -> split.first.forget(teller));
    }

    synchronized Share share(String service, Instant otherwise) {
        Split split = splits.get(service);
        Map<String, VersionCounts> counted = new HashMap<>();
        if (split == null) {
            return new Share(otherwise, counted, 0);
        }
        split.draws.forEach(draws ->
                draws.versions().forEach((version, counts) -> counted.merge(version, counts, VersionCounts::plus)));
        long open = openStreams.values().stream()
                .mapToLong(streams -> streams.getOrDefault(service, 0L))
                .sum();
        return new Share(split.since, counted, open);
    }

    private synchronized boolean same(String service, Map<String, Weight> weights) {
        Split split = splits.get(service);
        return split != null && split.asked.equals(weights);
    }
}
