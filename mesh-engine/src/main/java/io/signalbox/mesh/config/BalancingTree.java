package io.signalbox.mesh.config;

import io.signalbox.mesh.model.DurationText;
import io.signalbox.mesh.model.HashOn;
import io.signalbox.mesh.model.LoadBalancing;
import java.util.LinkedHashMap;
import java.util.Map;

/** The field {@code loadBalancing} of a policy as maps and scalars. */
final class BalancingTree {

    private BalancingTree() {}

    static Map<String, Object> of(LoadBalancing balancing) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("strategy", balancing.strategy().wireName());
        balancing.hashOn().ifPresent(on -> tree.put("hashOn", hashOn(on)));
        if (!balancing.weights().isEmpty()) {
            tree.put("weights", balancing.weights());
        }
        balancing.slowStart().ifPresent(ramp -> tree.put("slowStart", DurationText.format(ramp)));
        balancing
                .zonePreference()
                .ifPresent(zones -> tree.put("zonePreference", Map.of("spillBelow", zones.spillBelow())));
        balancing.panicThreshold().ifPresent(percent -> tree.put("panicThreshold", percent));
        return tree;
    }

    private static Object hashOn(HashOn on) {
        return switch (on) {
            case HashOn.Header(String name) -> Map.of("header", name);
            case HashOn.Cookie(String name) -> Map.of("cookie", name);
            case HashOn.SourceAddress() -> "source-address";
            case HashOn.Path() -> "path";
        };
    }
}
