package io.signalbox.mesh.explain;

import io.signalbox.mesh.explain.DryDecision.FaultChance;
import io.signalbox.mesh.explain.DryDecision.MirrorChance;
import io.signalbox.mesh.model.DurationText;
import io.signalbox.mesh.model.Fault;
import io.signalbox.mesh.model.FaultDelay;
import io.signalbox.mesh.model.FaultEnd;
import io.signalbox.mesh.model.RequestHead;
import io.signalbox.mesh.model.TrafficPolicy;
import io.signalbox.mesh.routing.FaultSelector;
import io.signalbox.mesh.routing.RequestMatch;
import io.signalbox.mesh.routing.RouteSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says which faults of a policy a request would meet, and where copies of it would go. */
final class DryExperiments {

    private DryExperiments() {}

    /** @param versions that it may go to; {@code null} among them means any */
    static List<FaultChance> faults(
            TrafficPolicy policy, RequestHead head, RouteSource source, List<@Nullable String> versions) {
        List<Fault> matching = new ArrayList<>();
        for (Fault.Side side : Fault.Side.values()) {
            FaultSelector selector = FaultSelector.of(policy, side);
            if (selector != null) {
                matching.addAll(selector.matching(head, source));
            }
        }
        return policy.experiments().faults().stream()
                .filter(fault -> fault.share() > 0 && matching.contains(fault))
                .filter(fault -> versions.stream().anyMatch(to -> to == null || fault.concerns(to)))
                .map(fault -> new FaultChance(
                        fault.name(), fault.version().orElse(null), fault.side(), fault.share(), does(fault)))
                .toList();
    }

    static @Nullable MirrorChance mirror(TrafficPolicy policy, RequestHead head, RouteSource source) {
        return policy.experiments()
                .mirror()
                .filter(mirror -> mirror.share() > 0 && mirror.methods().contains(head.method()))
                .filter(mirror -> source.meets(mirror.match())
                        && RequestMatch.of(mirror.match()).holds(head))
                .map(mirror -> new MirrorChance(
                        mirror.to(), mirror.share(), mirror.diff().isPresent()))
                .orElse(null);
    }

    private static List<String> does(Fault fault) {
        List<String> does = new ArrayList<>();
        fault.delay().ifPresent(delay -> does.add("holds it back " + told(delay)));
        fault.end().ifPresent(end -> does.add(told(end)));
        fault.pace()
                .drip()
                .ifPresent(drip -> does.add("lets the answer's body pass by " + drip.chunk() + " bytes each "
                        + DurationText.format(drip.every())));
        fault.pace()
                .bytesPerSecond()
                .ifPresent(rate -> does.add("lets the answer's body pass at " + rate + " bytes/s"));
        return does;
    }

    private static String told(FaultEnd end) {
        return switch (end) {
            case FaultEnd.Abort abort ->
                "answers " + abort.status()
                        + (abort.grpcStatus().isPresent()
                                ? ", or gRPC status " + abort.grpcStatus().getAsInt()
                                : "")
                        + abort.retryAfter()
                                .map(pause -> ", Retry-After " + DurationText.format(pause))
                                .orElse("");
            case FaultEnd.Reset reset ->
                reset.afterBytes().isPresent()
                        ? "resets the connection after " + reset.afterBytes().getAsInt() + " bytes of the answer's body"
                        : "resets the connection";
        };
    }

    private static String told(FaultDelay delay) {
        return switch (delay) {
            case FaultDelay.Fixed(Duration length) -> text(length);
            case FaultDelay.Uniform(Duration min, Duration max) -> text(min) + " to " + text(max);
            case FaultDelay.Normal(Duration mean, Duration deviation) -> text(mean) + " ± " + text(deviation);
            case FaultDelay.Exponential(Duration mean) -> text(mean) + " on average";
            case FaultDelay.Percentiles(SortedMap<Double, Duration> points) -> told(points);
        };
    }

    private static String told(SortedMap<Double, Duration> points) {
        return points.entrySet().stream().map(DryExperiments::told).collect(Collectors.joining(", "));
    }

    private static String told(Map.Entry<Double, Duration> point) {
        return FaultDelay.Percentiles.name(point.getKey()) + " " + text(point.getValue());
    }

    private static String text(Duration duration) {
        return DurationText.format(duration);
    }
}
