package io.signalbox.mesh.model;

import java.time.Duration;
import java.util.List;

/**
 * Everything an operator asked for about the traffic to one service.
 *
 * @param timeout the whole request, retries included, to the answer's head (default 15 s)
 * @param rules tried in order before the split
 * @param protection outlier detection, limits and rate limits (default: none)
 */
public record TrafficPolicy(
        String service,
        Duration timeout,
        BalancingStrategy balancing,
        CircuitBreakerConfig circuitBreaker,
        RetryPolicy retry,
        List<RoutingRule> rules,
        Splitting splitting,
        Protection protection) {

    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(15);

    public TrafficPolicy {
        Names.service("service", service);
        InvalidValueException.unless(timeout.isPositive(), "timeout", timeout, "more than zero");
        rules = List.copyOf(rules);
    }

    /** A policy without protection beyond its circuit breaker. */
    public TrafficPolicy(
            String service,
            Duration timeout,
            BalancingStrategy balancing,
            CircuitBreakerConfig circuitBreaker,
            RetryPolicy retry,
            List<RoutingRule> rules,
            Splitting splitting) {
        this(service, timeout, balancing, circuitBreaker, retry, rules, splitting, Protection.NONE);
    }

    /** What holds for a service that nobody wrote a policy for. */
    public static TrafficPolicy defaults(String service) {
        return new TrafficPolicy(
                service,
                DEFAULT_TIMEOUT,
                BalancingStrategy.ROUND_ROBIN,
                CircuitBreakerConfig.DEFAULT,
                RetryPolicy.OFF,
                List.of(),
                new Splitting.Unsplit());
    }

    public TrafficPolicy withSplitting(Splitting newSplitting) {
        return new TrafficPolicy(service, timeout, balancing, circuitBreaker, retry, rules, newSplitting, protection);
    }

    public TrafficPolicy withProtection(Protection newProtection) {
        return new TrafficPolicy(service, timeout, balancing, circuitBreaker, retry, rules, splitting, newProtection);
    }
}
