package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.autopsy.CircuitAutopsy;
import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.event.MeshEvent;
import io.signalbox.mesh.explain.RequestLine;
import io.signalbox.mesh.mirror.MirrorTally;
import io.signalbox.mesh.model.CircuitReason;
import io.signalbox.mesh.model.EdgeId;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.model.Names;
import io.signalbox.mesh.model.status.EjectionStatus;
import io.signalbox.mesh.trace.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Whether what a sidecar tells can be of it: it speaks for its own instance alone, in names and numbers that could be
 * real.
 */
record Believable(SidecarName teller, Instant now) {

    private static final Pattern TRACE = Pattern.compile("[0-9a-f]{32}");
    private static final Pattern SPAN = Pattern.compile("[0-9a-f]{16}");
    private static final Duration SKEW = Duration.ofDays(1);
    private static final int HIGHEST_STATUS = 999;
    private static final int LONGEST_NAME = 300;
    private static final int MOST_MIRROR_FIELDS = 200;
    private static final long MOST_COUNTED = 1L << 40;
    private static final long MOST_NANOS = 1L << 56;

    boolean is(SidecarDetails.Told told) {
        return Json.isWhole(told)
                && holds(() -> {
                    RequestLine line = told.line();
                    boolean arrived = line.sourceInstance().isEmpty();
                    Names.service("destination", line.destination());
                    optionalVersion(line.version());
                    optionalInstance(line.endpoint());
                    return (arrived
                                    ? teller.equals(
                                            new SidecarName(line.destination(), String.valueOf(line.endpoint())))
                                    : teller.equals(new SidecarName(line.source(), line.sourceInstance())))
                            && isShort(line.source())
                            && isShort(line.id())
                            && isShort(line.method())
                            && isShort(line.authority())
                            && isShort(line.stableKey())
                            && TRACE.matcher(line.traceId()).matches()
                            && SPAN.matcher(told.spanId()).matches()
                            && (told.parentSpanId() == null
                                    || SPAN.matcher(told.parentSpanId()).matches())
                            && isLasting(line.durationNanos())
                            && isNear(line.at())
                            && isStatus(line.status())
                            && line.attempts() >= 0
                            && told.explained().text().length() <= SidecarDetails.LONGEST_EXPLANATION
                            && ToldDecision.isShort(told.decision());
                });
    }

    boolean is(Span span) {
        return Json.isWhole(span)
                && holds(() -> teller.service().equals(span.service())
                        && TRACE.matcher(span.traceId()).matches()
                        && SPAN.matcher(span.spanId()).matches()
                        && (span.parentId() == null
                                || SPAN.matcher(span.parentId()).matches())
                        && isShort(span.peer())
                        && isLasting(span.durationNanos())
                        && isNear(span.start()));
    }

    boolean is(SidecarDetails.Move move) {
        return Json.isWhole(move)
                && holds(() -> move.agoMillis() >= 0
                        && move.agoMillis() <= SKEW.toMillis()
                        && switch (move.event()) {
                            case MeshEvent.BreakerMoved(
                                    EdgeId edge,
                                    String source,
                                    String endpoint,
                                    var _,
                                    var _,
                                    String why,
                                    CircuitReason reason) ->
                                isOwn(edge, source, endpoint) && isShort(why) && isPlain(reason);
                            case MeshEvent.EndpointEjected(
                                    EdgeId edge,
                                    String source,
                                    String endpoint,
                                    EjectionStatus ejection) ->
                                isOwn(edge, source, endpoint)
                                        && isShort(ejection.why())
                                        && isNear(ejection.at())
                                        && isNear(ejection.until());
                            case MeshEvent.EndpointReturned(
                                    EdgeId edge,
                                    String source,
                                    String endpoint,
                                    String why,
                                    var _) -> isOwn(edge, source, endpoint) && isShort(why);
                            default -> false;
                        });
    }

    static boolean is(MirrorTally tally) {
        return Json.isWhole(tally)
                && holds(() -> tally.fields().size() <= MOST_MIRROR_FIELDS
                        && LongStream.of(tally.compared(), tally.alike(), tally.noiseCompared(), tally.more())
                                .allMatch(Believable::isCount)
                        && LongStream.of(tally.primaryNanos(), tally.mirrorNanos())
                                .allMatch(n -> n >= 0 && n < MOST_NANOS)
                        && tally.fields().stream()
                                .allMatch(field -> isCount(field.differing()) && isCount(field.noisy())));
    }

    /** Whether it has all parts that people are shown, and not more calls than are. */
    static boolean is(CircuitAutopsy autopsy) {
        return Json.isWhole(autopsy)
                && autopsy.calls().size() <= CircuitAutopsy.MOST_CALLS
                && !autopsy.calls().isEmpty()
                && autopsy.late().size() <= CircuitAutopsy.MOST_CALLS
                && autopsy.judged() >= 0
                && autopsy.judged() <= autopsy.calls().size()
                && autopsy.counterfactuals().size() <= LONGEST_NAME;
    }

    private boolean isOwn(EdgeId edge, String source, String endpoint) {
        Names.service("destination", edge.destination());
        Names.instance("endpoint", endpoint);
        return teller.equals(new SidecarName(edge.source(), source));
    }

    private boolean isNear(Instant at) {
        return Duration.between(at, now).abs().compareTo(SKEW) <= 0;
    }

    private static boolean isLasting(long nanos) {
        return nanos >= 0 && nanos <= SKEW.toNanos();
    }

    private static boolean isStatus(int status) {
        return status >= 0 && status <= HIGHEST_STATUS;
    }

    private static boolean isCount(long count) {
        return count >= 0 && count <= MOST_COUNTED;
    }

    /** Whether its figures are such, and its words no longer than others are. */
    private static boolean isPlain(@Nullable CircuitReason reason) {
        return switch (reason) {
            case CircuitReason.FailureRate(var _, double threshold) -> Double.isFinite(threshold);
            case CircuitReason.SlowCallRate(var _, double threshold) -> Double.isFinite(threshold);
            case CircuitReason.ByHand(String by, String why) -> isShort(by) && isShort(why);
            case CircuitReason.FailuresInARow _,
                    CircuitReason.OpenTimeOver _,
                    CircuitReason.TrialsSucceeded _,
                    CircuitReason.TrialFailed _,
                    CircuitReason.TrialSlow _ -> true;
            case null -> true;
        };
    }

    private static boolean isShort(@Nullable String text) {
        return text == null || text.length() <= LONGEST_NAME;
    }

    private static void optionalVersion(@Nullable String version) {
        if (version != null) {
            Names.version("version", version);
        }
    }

    private static void optionalInstance(@Nullable String instance) {
        if (instance != null) {
            Names.instance("endpoint", instance);
        }
    }

    private interface Check {
        boolean holds();
    }

    private static boolean holds(Check check) {
        try {
            return check.holds();
        } catch (InvalidValueException | ArithmeticException e) {
            return false;
        }
    }
}
