package io.signalbox.mesh.controlplane;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.signalbox.mesh.metrics.EdgeInterval;
import io.signalbox.mesh.model.Weight;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which versions the splits chose since their weights were last changed, over at most one minute. Safe from any thread.
 */
final class ShareCounts {

    /** What a split was asked, since when, and what it chose. */
    record Share(Instant since, Map<String, Long> chosen) {

        long counted() {
            return chosen.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    private record Draws(long atNanos, Map<String, Long> chosen) {}

    private static final class Split {
        private final Map<String, Weight> asked;
        private final Instant since;
        private final ArrayDeque<Draws> draws = new ArrayDeque<>();

        Split(Map<String, Weight> asked, Instant since) {
            this.asked = asked;
            this.since = since;
        }
    }

    @GuardedBy("this")
    private final Map<String, Split> splits = new HashMap<>();

    /** Whether these are other weights than those followed. */
    synchronized boolean differs(Map<String, Map<String, Weight>> asked) {
        return !asked.keySet().equals(splits.keySet())
                || asked.entrySet().stream().anyMatch(entry -> !same(entry.getKey(), entry.getValue()));
    }

    /** Follows these weights from now on; a service whose weights changed begins at zero. */
    synchronized void follow(Map<String, Map<String, Weight>> asked, Instant now) {
        splits.keySet().retainAll(asked.keySet());
        asked.forEach((service, weights) -> {
            if (!same(service, weights)) {
                splits.put(service, new Split(weights, now));
            }
        });
    }

    synchronized void record(List<EdgeInterval> report, long nowNanos) {
        Map<String, Map<String, Long>> chosen = new HashMap<>();
        for (EdgeInterval interval : report) {
            if (interval.splitDraws() > 0 && splits.containsKey(interval.key().destination())) {
                chosen.computeIfAbsent(interval.key().destination(), _ -> new HashMap<>())
                        .merge(interval.key().version(), interval.splitDraws(), Long::sum);
            }
        }
        chosen.forEach((service, versions) -> {
            Split split = splits.get(service);
            if (split != null) {
                split.draws.addLast(new Draws(nowNanos, versions));
            }
        });
        splits.values()
                .forEach(split -> split.draws.removeIf(draws -> nowNanos - draws.atNanos() >= CallCell.MINUTE_NANOS));
    }

    synchronized Share share(String service, Instant otherwise) {
        Split split = splits.get(service);
        Map<String, Long> chosen = new HashMap<>();
        if (split == null) {
            return new Share(otherwise, chosen);
        }
        split.draws.forEach(
                draws -> draws.chosen().forEach((version, count) -> chosen.merge(version, count, Long::sum)));
        return new Share(split.since, chosen);
    }

    private synchronized boolean same(String service, Map<String, Weight> weights) {
        Split split = splits.get(service);
        return split != null && split.asked.equals(weights);
    }
}
