package io.signalbox.mesh.model;

import java.time.Duration;
import java.util.Optional;

/**
 * Sends the requests that match to one version; rules are tried in the written order and come before any split.
 *
 * @param weight the share of matching requests that the rule takes; the others go on to the next rule (default 100)
 * @param timeout overrides the policy's timeout for these requests
 * @param retry overrides the policy's retries for these requests
 */
public record RoutingRule(
        RouteMatch match, String version, Weight weight, Optional<Duration> timeout, Optional<RetryPolicy> retry) {

    public RoutingRule {
        Names.version("rules.to", version);
        InvalidValueException.unless(
                timeout.isEmpty() || timeout.get().isPositive(),
                "rules.timeout",
                timeout.orElse(null),
                "more than zero");
    }

    public static RoutingRule of(RouteMatch match, String version) {
        return new RoutingRule(match, version, Weight.ALL, Optional.empty(), Optional.empty());
    }
}
