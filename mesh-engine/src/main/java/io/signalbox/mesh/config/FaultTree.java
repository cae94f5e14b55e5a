package io.signalbox.mesh.config;

import io.signalbox.mesh.model.DurationText;
import io.signalbox.mesh.model.Fault;
import io.signalbox.mesh.model.FaultDelay;
import io.signalbox.mesh.model.FaultEnd;
import io.signalbox.mesh.model.RouteMatch;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;

/** A fault as nested maps, lists and scalars in the order in which a person reads it. */
final class FaultTree {

    private FaultTree() {}

    static Map<String, Object> of(Fault fault) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", fault.name());
        if (!fault.match().equals(RouteMatch.ANY)) {
            tree.put("match", RuleTree.match(fault.match()));
        }
        fault.version().ifPresent(version -> tree.put("version", version));
        tree.put("share", fault.share());
        tree.put(
                "side",
                switch (fault.side()) {
                    case CLIENT -> "client";
                    case SERVER -> "server";
                });
        fault.delay().ifPresent(delay -> tree.put("delay", delay(delay)));
        fault.end().ifPresent(end -> {
            switch (end) {
                case FaultEnd.Abort abort -> tree.put("abort", abort(abort));
                case FaultEnd.Reset reset -> {
                    Map<String, Object> fields = new LinkedHashMap<>();
                    reset.afterBytes().ifPresent(bytes -> fields.put("afterBytes", bytes));
                    tree.put("reset", fields);
                }
            }
        });
        fault.pace().drip().ifPresent(drip -> {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("chunk", drip.chunk());
            fields.put("every", DurationText.format(drip.every()));
            tree.put("drip", fields);
        });
        fault.pace().bytesPerSecond().ifPresent(rate -> tree.put("bandwidth", Map.of("bytesPerSecond", rate)));
        return tree;
    }

    private static Object delay(FaultDelay delay) {
        return switch (delay) {
            case FaultDelay.Fixed(Duration length) -> DurationText.format(length);
            case FaultDelay.Uniform(Duration min, Duration max) -> Map.of("uniform", durations("min", min, "max", max));
            case FaultDelay.Normal(Duration mean, Duration deviation) ->
                Map.of("normal", durations("mean", mean, "stdDev", deviation));
            case FaultDelay.Exponential(Duration mean) ->
                Map.of("exponential", Map.of("mean", DurationText.format(mean)));
            case FaultDelay.Percentiles(SortedMap<Double, Duration> points) -> {
                Map<String, Object> tree = new LinkedHashMap<>();
                points.forEach((percent, length) ->
                        tree.put(FaultDelay.Percentiles.name(percent), DurationText.format(length)));
                yield Map.of("percentiles", tree);
            }
        };
    }

    private static Map<String, Object> durations(String first, Duration one, String second, Duration other) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put(first, DurationText.format(one));
        tree.put(second, DurationText.format(other));
        return tree;
    }

    private static Map<String, Object> abort(FaultEnd.Abort abort) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("status", abort.status());
        abort.grpcStatus().ifPresent(number -> tree.put("grpcStatus", number));
        abort.retryAfter().ifPresent(pause -> tree.put("retryAfter", DurationText.format(pause)));
        abort.body().ifPresent(body -> tree.put("body", body));
        return tree;
    }
}
