package io.signalbox.mesh.registry;

import io.signalbox.mesh.model.InvalidValueException;
import java.time.Duration;

/**
 * How instances are checked.
 *
 * @param interval between the starts of two checks of an instance, as long as they are few; &gt; 0
 * @param mostPerSecond checks of all instances together: where they are many, the interval grows; &gt;= 1
 * @param timeout after which a check counts as failed; &gt; 0
 * @param unhealthyThreshold checks in a row that must fail to make an instance unhealthy; &gt;= 1
 * @param healthyThreshold checks in a row that must pass to make it healthy; &gt;= 1
 */
public record HealthCheckConfig(
        Duration interval, int mostPerSecond, Duration timeout, int unhealthyThreshold, int healthyThreshold) {

    /** Each second up to a thousand instances, 2 s at most; three failures in a row take an instance out, two successes put it back. */
    public static final HealthCheckConfig DEFAULT =
            new HealthCheckConfig(Duration.ofSeconds(1), 1_000, Duration.ofSeconds(2), 3, 2);

    public HealthCheckConfig {
        InvalidValueException.unless(interval.isPositive(), "healthCheck.interval", interval, "> 0");
        InvalidValueException.unless(mostPerSecond >= 1, "healthCheck.mostPerSecond", mostPerSecond, ">= 1");
        InvalidValueException.unless(timeout.isPositive(), "healthCheck.timeout", timeout, "> 0");
        InvalidValueException.unless(
                unhealthyThreshold >= 1, "healthCheck.unhealthyThreshold", unhealthyThreshold, ">= 1");
        InvalidValueException.unless(healthyThreshold >= 1, "healthCheck.healthyThreshold", healthyThreshold, ">= 1");
    }

    /** Between two checks of each of so many instances. */
    Duration interval(int instances) {
        Duration forAll = Duration.ofSeconds(1).multipliedBy(instances).dividedBy(mostPerSecond);
        return forAll.compareTo(interval) > 0 ? forAll : interval;
    }
}
