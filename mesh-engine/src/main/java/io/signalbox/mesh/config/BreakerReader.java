package io.signalbox.mesh.config;

import io.signalbox.mesh.model.BreakerScope;
import io.signalbox.mesh.model.BreakerWindow;
import io.signalbox.mesh.model.BreakerWindow.Extent;
import io.signalbox.mesh.model.BreakerWindow.SlowCalls;
import io.signalbox.mesh.model.CircuitBreakerConfig;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Reads the {@code circuitBreaker} of a policy. */
final class BreakerReader {

    private BreakerReader() {}

    static CircuitBreakerConfig read(Section section) {
        section.allowing(
                Set.of("failureThreshold", "successThreshold", "openDuration", "halfOpenRequests", "window", "scope"));
        CircuitBreakerConfig defaults = CircuitBreakerConfig.DEFAULT;
        if (section.has("window") && section.has("failureThreshold")) {
            throw section.refused("failureThreshold", "beside window", "one of failureThreshold, window");
        }
        int failures = section.number("failureThreshold", defaults.failureThreshold());
        int halfOpen = section.number("halfOpenRequests", defaults.halfOpenRequests());
        int successes = section.number("successThreshold", Math.clamp(halfOpen, 1, defaults.successThreshold()));
        Duration open = section.duration("openDuration").orElse(defaults.openDuration());
        Optional<BreakerWindow> window = section.section("window").map(BreakerReader::window);
        BreakerScope scope = section.parsed("scope", BreakerScope::parse).orElse(defaults.scope());
        return section.build(() -> new CircuitBreakerConfig(failures, successes, open, halfOpen, window, scope));
    }

    private static BreakerWindow window(Section section) {
        section.allowing(Set.of("type", "size", "minimumCalls", "failureRate", "slowCallRate", "slowCallDuration"));
        Extent extent = extent(section);
        int most = extent instanceof Extent.Calls(int size) ? size : BreakerWindow.DEFAULT_MINIMUM;
        int minimum = section.number("minimumCalls", Math.min(BreakerWindow.DEFAULT_MINIMUM, most));
        double rate = section.decimal("failureRate", BreakerWindow.DEFAULT_RATE);
        Optional<SlowCalls> slow = slow(section);
        return section.build(() -> new BreakerWindow(extent, minimum, rate, slow));
    }

    private static Extent extent(Section section) {
        String type = section.text("type").orElse("count");
        return switch (type) {
            case "count" -> {
                int size = section.number("size", BreakerWindow.DEFAULT_CALLS);
                yield section.build(() -> new Extent.Calls(size));
            }
            case "time" -> {
                Duration size = section.duration("size").orElse(BreakerWindow.DEFAULT_LENGTH);
                yield section.build(() -> new Extent.Time(size));
            }
            default -> throw section.refused("type", type, "count | time");
        };
    }

    private static Optional<SlowCalls> slow(Section section) {
        if (!section.has("slowCallRate") && !section.has("slowCallDuration")) {
            return Optional.empty();
        }
        double rate = section.decimal("slowCallRate", SlowCalls.DEFAULT.rate());
        Duration duration = section.duration("slowCallDuration").orElse(SlowCalls.DEFAULT.duration());
        return Optional.of(section.build(() -> new SlowCalls(rate, duration)));
    }
}
