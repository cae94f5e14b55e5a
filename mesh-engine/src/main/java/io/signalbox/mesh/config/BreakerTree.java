package io.signalbox.mesh.config;

import io.signalbox.mesh.model.BreakerScope;
import io.signalbox.mesh.model.BreakerWindow;
import io.signalbox.mesh.model.BreakerWindow.Extent;
import io.signalbox.mesh.model.CircuitBreakerConfig;
import io.signalbox.mesh.model.DurationText;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** The {@code circuitBreaker} of a policy as nested maps and scalars. */
final class BreakerTree {

    private BreakerTree() {}

    static Map<String, Object> of(CircuitBreakerConfig breaker) {
        Map<String, Object> tree = new LinkedHashMap<>();
        if (breaker.window().isEmpty()) {
            tree.put("failureThreshold", breaker.failureThreshold());
        }
        tree.put("successThreshold", breaker.successThreshold());
        tree.put("openDuration", DurationText.format(breaker.openDuration()));
        tree.put("halfOpenRequests", breaker.halfOpenRequests());
        breaker.window().ifPresent(window -> tree.put("window", window(window)));
        if (breaker.scope() != BreakerScope.ENDPOINT) {
            tree.put("scope", breaker.scope().wireName());
        }
        return tree;
    }

    private static Map<String, Object> window(BreakerWindow window) {
        Map<String, Object> tree = new LinkedHashMap<>();
        switch (window.extent()) {
            case Extent.Calls(int size) -> {
                tree.put("type", "count");
                tree.put("size", size);
            }
            case Extent.Time(Duration size) -> {
                tree.put("type", "time");
                tree.put("size", DurationText.format(size));
            }
        }
        tree.put("minimumCalls", window.minimumCalls());
        tree.put("failureRate", window.failureRate());
        window.slow().ifPresent(slow -> {
            tree.put("slowCallRate", slow.rate());
            tree.put("slowCallDuration", DurationText.format(slow.duration()));
        });
        return tree;
    }
}
