package io.signalbox.mesh.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Everything an operator asked for about the traffic to one service.
 *
 * @param timeout the whole request, retries included, to the answer's head (default 15 s)
 * @param rules tried in order before the split
 * @param stickiness what keeps a caller with the version it got, wherever weights are drawn
 * @param protection outlier detection, limits and rate limits (default: none)
 * @param experiments faults and a mirror (default: none)
 * @param authorization who may call the service (default: the mesh's, and without that everybody)
 */
public record TrafficPolicy(
        String service,
        Duration timeout,
        LoadBalancing balancing,
        CircuitBreakerConfig circuitBreaker,
        RetryPolicy retry,
        List<RoutingRule> rules,
        Splitting splitting,
        Optional<Stickiness> stickiness,
        Protection protection,
        Experiments experiments,
        Authorization authorization) {

    /** In place of a service's name: the policy of the whole mesh, which holds what services leave open. */
    public static final String WHOLE_MESH = "*";

    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(15);

    public TrafficPolicy {
        if (service.equals(WHOLE_MESH)) {
            InvalidValueException.unless(
                    authorization.rules().isEmpty(),
                    "authorization.rules",
                    authorization.rules().size() + " of the whole mesh",
                    "none: rules belong to the service that is called");
        } else {
            Names.service("service", service);
        }
        InvalidValueException.unless(timeout.isPositive(), "timeout", timeout, "more than zero");
        rules = List.copyOf(rules);
        experiments
                .mirror()
                .flatMap(Mirror::service)
                .ifPresent(to -> InvalidValueException.unless(
                        !to.equals(service), "mirror.service", to, "another service than the policy's own"));
        if (splitting instanceof Splitting.Canary canary) {
            InvalidValueException.unless(
                    experiments.mirror().isEmpty()
                            || canary.terms().stages().stream().noneMatch(CanaryStage.Mirrored.class::isInstance),
                    "mirror",
                    "beside a stage of the canary that mirrors",
                    "one of the two, since a service has one mirror");
        }
        if (splitting instanceof Splitting.AbTest test) {
            InvalidValueException.unless(
                    stickiness.isPresent() || !test.splitKey().isEmpty(), "abTest.splitKey", "missing", "required");
            InvalidValueException.unless(
                    stickiness.isEmpty() || test.splitKey().isEmpty(),
                    "abTest.splitKey",
                    test.splitKey(),
                    "left out, since stickiness names the key");
        }
    }

    /** One that leaves to the mesh who may call. */
    public TrafficPolicy(
            String service,
            Duration timeout,
            LoadBalancing balancing,
            CircuitBreakerConfig circuitBreaker,
            RetryPolicy retry,
            List<RoutingRule> rules,
            Splitting splitting,
            Optional<Stickiness> stickiness,
            Protection protection,
            Experiments experiments) {
        this(
                service,
                timeout,
                balancing,
                circuitBreaker,
                retry,
                rules,
                splitting,
                stickiness,
                protection,
                experiments,
                Authorization.NONE);
    }

    /** One without experiments. */
    public TrafficPolicy(
            String service,
            Duration timeout,
            LoadBalancing balancing,
            CircuitBreakerConfig circuitBreaker,
            RetryPolicy retry,
            List<RoutingRule> rules,
            Splitting splitting,
            Optional<Stickiness> stickiness,
            Protection protection) {
        this(
                service,
                timeout,
                balancing,
                circuitBreaker,
                retry,
                rules,
                splitting,
                stickiness,
                protection,
                Experiments.NONE);
    }

    /** One without stickiness, protection and experiments. */
    public TrafficPolicy(
            String service,
            Duration timeout,
            LoadBalancing balancing,
            CircuitBreakerConfig circuitBreaker,
            RetryPolicy retry,
            List<RoutingRule> rules,
            Splitting splitting) {
        this(service, timeout, balancing, circuitBreaker, retry, rules, splitting, Optional.empty(), Protection.NONE);
    }

    /** One that balances by that strategy and nothing beside it. */
    public TrafficPolicy(
            String service,
            Duration timeout,
            BalancingStrategy strategy,
            CircuitBreakerConfig circuitBreaker,
            RetryPolicy retry,
            List<RoutingRule> rules,
            Splitting splitting) {
        this(service, timeout, LoadBalancing.plain(strategy), circuitBreaker, retry, rules, splitting);
    }

    /** What holds for a service that nobody wrote a policy for. */
    public static TrafficPolicy defaults(String service) {
        return new TrafficPolicy(
                service,
                DEFAULT_TIMEOUT,
                LoadBalancing.DEFAULT,
                CircuitBreakerConfig.DEFAULT,
                RetryPolicy.OFF,
                List.of(),
                new Splitting.Unsplit());
    }

    public TrafficPolicy withSplitting(Splitting newSplitting) {
        return with(rules, newSplitting, protection, experiments, authorization);
    }

    /** With one rule more, tried after all others. */
    public TrafficPolicy withLastRule(RoutingRule rule) {
        List<RoutingRule> more = new ArrayList<>(rules);
        more.add(rule);
        return with(more, splitting, protection, experiments, authorization);
    }

    public TrafficPolicy withProtection(Protection newProtection) {
        return with(rules, splitting, newProtection, experiments, authorization);
    }

    public TrafficPolicy withExperiments(Experiments newExperiments) {
        return with(rules, splitting, protection, newExperiments, authorization);
    }

    public TrafficPolicy withAuthorization(Authorization newAuthorization) {
        return with(rules, splitting, protection, experiments, newAuthorization);
    }

    private TrafficPolicy with(
            List<RoutingRule> newRules,
            Splitting newSplitting,
            Protection newProtection,
            Experiments newExperiments,
            Authorization newAuthorization) {
        return new TrafficPolicy(
                service,
                timeout,
                balancing,
                circuitBreaker,
                retry,
                newRules,
                newSplitting,
                stickiness,
                newProtection,
                newExperiments,
                newAuthorization);
    }
}
