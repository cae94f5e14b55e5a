package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.client.json.JsonParts;
import io.signalbox.mesh.metrics.AccessInterval;
import io.signalbox.mesh.metrics.Channel;
import io.signalbox.mesh.metrics.EdgeInterval;
import io.signalbox.mesh.metrics.EdgeKey;
import io.signalbox.mesh.metrics.Outcome;
import io.signalbox.mesh.model.AnsweredBy;
import io.signalbox.mesh.model.Cause;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.model.Protocol;
import io.signalbox.mesh.model.RetryCondition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * What a sidecar in another process counted since it last told, as it is sent; see {@link SidecarReport}.
 *
 * @param access {@code null} from a sidecar of before there was any
 * @param copies of requests to another version; {@code null} where there are none
 * @param piece which one this is, where it took several to be small enough; {@code null} for the whole
 */
public record SidecarTelemetry(
        String service,
        String instance,
        List<Edge> edges,
        List<CircuitReport> circuits,
        @Nullable List<AccessInterval> access,
        @Nullable List<ToldCopies> copies,
        @Nullable Piece piece) {

    private static final long FINEST_NANOS = 1_000;
    private static final int DIGITS = 2;

    /** What took longer, as connections may, counts as that long: the room that a histogram takes grows with it. */
    private static final long LONGEST_NANOS = Duration.ofDays(1).toNanos();

    private static final long MOST_COUNTED = 1L << 40;
    private static final int LEAST_CODE = 100;
    private static final int HIGHEST_CODE = 599;

    public SidecarTelemetry {
        edges = List.copyOf(edges);
        circuits = List.copyOf(circuits);
        access = access == null ? null : List.copyOf(access);
        copies = copies == null ? null : List.copyOf(copies);
    }

    /**
     * One of several pieces that are sent in turn.
     *
     * @param number from 1
     * @param of how many there are
     */
    public record Piece(int number, int of) {

        public Piece {
            InvalidValueException.unless(of >= 1, "of", of, ">= 1");
            InvalidValueException.unless(number >= 1 && number <= of, "number", number, "1.." + of);
        }

        boolean isFirst() {
            return number == 1;
        }

        boolean isLast() {
            return number == of;
        }
    }

    public static SidecarTelemetry of(String service, String instance, SidecarReport report) {
        return new SidecarTelemetry(
                service,
                instance,
                report.edges().stream().map(Edge::of).toList(),
                report.circuits(),
                report.access(),
                report.copies().isEmpty()
                        ? null
                        : report.copies().stream().map(ToldCopies::of).toList(),
                null);
    }

    /** The same in pieces of which each is small enough to be heard. */
    public List<SidecarTelemetry> pieces() {
        if (Json.bytes(this).length <= SidecarDetails.MOST_BYTES) {
            return List.of(this);
        }
        List<List<Edge>> ofEdges = JsonParts.of(edges, SidecarDetails.MOST_BYTES);
        List<List<CircuitReport>> ofCircuits = JsonParts.of(circuits, SidecarDetails.MOST_BYTES);
        int all = ofEdges.size() + ofCircuits.size() + 1;
        List<SidecarTelemetry> pieces = new ArrayList<>();
        pieces.add(new SidecarTelemetry(service, instance, List.of(), List.of(), access, copies, new Piece(1, all)));
        ofEdges.forEach(part -> pieces.add(piece(part, List.of(), pieces.size() + 1, all)));
        ofCircuits.forEach(part -> pieces.add(piece(List.of(), part, pieces.size() + 1, all)));
        return List.copyOf(pieces);
    }

    private SidecarTelemetry piece(List<Edge> someEdges, List<CircuitReport> someCircuits, int number, int of) {
        return new SidecarTelemetry(service, instance, someEdges, someCircuits, null, null, new Piece(number, of));
    }

    /** Which piece this is of how many. */
    Piece place() {
        return piece == null ? new Piece(1, 1) : piece;
    }

    /** How many calls ended in one way. */
    public record Ended(int code, AnsweredBy by, @Nullable Cause cause, long count) {

        public Ended {
            InvalidValueException.unless(
                    code == Outcome.NO_CODE || (code >= LEAST_CODE && code <= HIGHEST_CODE),
                    "code",
                    code,
                    Outcome.NO_CODE + ", " + LEAST_CODE + ".." + HIGHEST_CODE);
            Objects.requireNonNull(by, "by");
            requireCount("count", count);
        }
    }

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
            Objects.requireNonNull(destination, "destination");
            Objects.requireNonNull(version, "version");
            Objects.requireNonNull(endpoint, "endpoint");
            Objects.requireNonNull(protocol, "protocol");
            Objects.requireNonNull(channel, "channel");
            requireCount("splitDraws", splitDraws);
            requireCount("inFlight", inFlight);
            requireCount("maxInFlight", maxInFlight);
            retries.values().forEach(count -> requireCount("retries", count));
            requireLatency(latency);
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

        EdgeKey key() {
            return new EdgeKey(destination, version, endpoint, protocol, channel);
        }

        /** The same under that name. */
        EdgeInterval interval(EdgeKey known) {
            Map<Outcome, Long> outcomes = new HashMap<>();
            ended.forEach(
                    one -> outcomes.merge(new Outcome(one.code(), one.by(), one.cause()), one.count(), Long::sum));
            return new EdgeInterval(known, outcomes, retries, splitDraws, histogram(latency), inFlight, maxInFlight);
        }
    }

    /** @param latency nanoseconds and how many took so long, in turn */
    static void requireLatency(List<Long> latency) {
        InvalidValueException.unless(
                latency.size() % 2 == 0, "latency", latency.size() + " numbers", "each time with its count");
        latency.forEach(number -> InvalidValueException.unless(number >= 0, "latency", number, ">= 0"));
        for (int i = 1; i < latency.size(); i += 2) {
            requireCount("latency", latency.get(i));
        }
    }

    static Histogram histogram(List<Long> latency) {
        Histogram histogram = new Histogram(FINEST_NANOS, 2 * FINEST_NANOS, DIGITS);
        histogram.setAutoResize(true);
        for (int i = 0; i + 1 < latency.size(); i += 2) {
            histogram.recordValueWithCount(Math.min(latency.get(i), LONGEST_NANOS), latency.get(i + 1));
        }
        return histogram;
    }

    static void requireCount(String field, long count) {
        InvalidValueException.unless(count >= 0 && count <= MOST_COUNTED, field, count, "0.." + MOST_COUNTED);
    }
}
