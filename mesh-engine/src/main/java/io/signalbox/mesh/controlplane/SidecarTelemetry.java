package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.metrics.AccessInterval;
import io.signalbox.mesh.metrics.Channel;
import io.signalbox.mesh.metrics.EdgeInterval;
import io.signalbox.mesh.metrics.EdgeKey;
import io.signalbox.mesh.metrics.Outcome;
import io.signalbox.mesh.model.AnsweredBy;
import io.signalbox.mesh.model.Cause;
import io.signalbox.mesh.model.Protocol;
import io.signalbox.mesh.model.RetryCondition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * What a sidecar in another process counted since it last told, as it is sent; see {@link SidecarReport}.
 *
 * @param access {@code null} from a sidecar of before there was any
 */
public record SidecarTelemetry(
        String service,
        String instance,
        List<Edge> edges,
        List<CircuitReport> circuits,
        @Nullable List<AccessInterval> access) {

    private static final long FINEST_NANOS = 1_000;
    private static final int DIGITS = 2;

    public SidecarTelemetry {
        edges = List.copyOf(edges);
        circuits = List.copyOf(circuits);
        access = access == null ? null : List.copyOf(access);
    }

    public static SidecarTelemetry of(String service, String instance, SidecarReport report) {
        return new SidecarTelemetry(
                service, instance, report.edges().stream().map(Edge::of).toList(), report.circuits(), report.access());
    }

    SidecarReport report() {
        return new SidecarReport(
                edges.stream().map(Edge::interval).toList(), circuits, access == null ? List.of() : access);
    }

    /** How many calls ended in one way. */
    public record Ended(int code, AnsweredBy by, @Nullable Cause cause, long count) {}

    /**
     * One edge.
     *
     * @param version empty when none was chosen
     * @param endpoint empty when none was reached
     * @param latency nanoseconds and how many calls took so long, in turn
     */
    public record Edge(
            String destination,
            String version,
            String endpoint,
            Protocol protocol,
            Channel channel,
            List<Ended> ended,
            Map<RetryCondition, Long> retries,
            long splitDraws,
            List<Long> latency,
            int inFlight,
            int maxInFlight) {

        public Edge {
            ended = List.copyOf(ended);
            retries = Map.copyOf(retries);
            latency = List.copyOf(latency);
        }

        static Edge of(EdgeInterval interval) {
            EdgeKey key = interval.key();
            return new Edge(
                    key.destination(),
                    key.version(),
                    key.instanceId(),
                    key.protocol(),
                    key.channel(),
                    interval.outcomes().entrySet().stream()
                            .map(ended -> new Ended(
                                    ended.getKey().code(),
                                    ended.getKey().by(),
                                    ended.getKey().cause(),
                                    ended.getValue()))
                            .toList(),
                    interval.retries(),
                    interval.splitDraws(),
                    LatencyCounts.of(interval.latency()).pairs(),
                    interval.inFlight(),
                    interval.maxInFlight());
        }

        EdgeInterval interval() {
            Map<Outcome, Long> outcomes = new HashMap<>();
            ended.forEach(
                    one -> outcomes.merge(new Outcome(one.code(), one.by(), one.cause()), one.count(), Long::sum));
            Histogram histogram = new Histogram(FINEST_NANOS, 2 * FINEST_NANOS, DIGITS);
            histogram.setAutoResize(true);
            for (int i = 0; i + 1 < latency.size(); i += 2) {
                histogram.recordValueWithCount(latency.get(i), latency.get(i + 1));
            }
            return new EdgeInterval(
                    new EdgeKey(destination, version, endpoint, protocol, channel),
                    outcomes,
                    retries,
                    splitDraws,
                    histogram,
                    inFlight,
                    maxInFlight);
        }
    }
}
