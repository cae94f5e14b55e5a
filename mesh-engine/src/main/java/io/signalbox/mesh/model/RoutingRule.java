package io.signalbox.mesh.model;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Decides about the requests that match; rules are tried in the written order and come before any split.
 *
 * @param target what becomes of the requests that it takes
 * @param weight the share of matching requests that the rule takes; the others go on to the next rule (default 100)
 * @param timeout overrides the policy's timeout for these requests
 * @param retry overrides the policy's retries for these requests
 * @param edits what is changed about these requests and their answers
 * @param rateLimit refuses what one caller's sidecar sends by this rule beyond a rate, beside the policy's own limit
 */
public record RoutingRule(
        RouteMatch match,
        RuleTarget target,
        Weight weight,
        Optional<Duration> timeout,
        Optional<RetryPolicy> retry,
        RouteEdits edits,
        Optional<RateLimit> rateLimit) {

    public RoutingRule {
        InvalidValueException.unless(
                timeout.isEmpty() || timeout.get().isPositive(),
                "rules.timeout",
                timeout.orElse(null),
                "more than zero");
        edits.rewrite().ifPresent(rewrite -> rewrite.requireFrom(match));
        switch (target) {
            case RuleTarget.Version _, RuleTarget.Weighted _ -> {}
            case RuleTarget.Redirect redirect -> {
                redirect.to().requireFrom(match);
                requireNothingSent("redirect", timeout, retry, edits, rateLimit);
            }
            case RuleTarget.DirectResponse _ -> requireNothingSent("directResponse", timeout, retry, edits, rateLimit);
        }
    }

    /** A rule that sends all that it takes to one version, unchanged. */
    public RoutingRule(
            RouteMatch match, String version, Weight weight, Optional<Duration> timeout, Optional<RetryPolicy> retry) {
        this(match, new RuleTarget.Version(version), weight, timeout, retry, RouteEdits.NONE);
    }

    /** A rule without a rate limit of its own. */
    public RoutingRule(
            RouteMatch match,
            RuleTarget target,
            Weight weight,
            Optional<Duration> timeout,
            Optional<RetryPolicy> retry,
            RouteEdits edits) {
        this(match, target, weight, timeout, retry, edits, Optional.empty());
    }

    public static RoutingRule of(RouteMatch match, String version) {
        return new RoutingRule(match, version, Weight.ALL, Optional.empty(), Optional.empty());
    }

    public RoutingRule withRateLimit(RateLimit limit) {
        return new RoutingRule(match, target, weight, timeout, retry, edits, Optional.of(limit));
    }

    /** The versions that it may send requests to. */
    public Set<String> versions() {
        return switch (target) {
            case RuleTarget.Version(String version) -> Set.of(version);
            case RuleTarget.Weighted weighted -> weighted.weights().keySet();
            case RuleTarget.Redirect _, RuleTarget.DirectResponse _ -> Set.of();
        };
    }

    private static void requireNothingSent(
            String target,
            Optional<Duration> timeout,
            Optional<RetryPolicy> retry,
            RouteEdits edits,
            Optional<RateLimit> rateLimit) {
        refuseBeside(target, "timeout", timeout.isPresent());
        refuseBeside(target, "retry", retry.isPresent());
        refuseBeside(target, "rewrite", edits.rewrite().isPresent());
        refuseBeside(target, "requestHeaders", !edits.request().isEmpty());
        refuseBeside(target, "rateLimit", rateLimit.isPresent());
    }

    private static void refuseBeside(String target, String field, boolean given) {
        InvalidValueException.unless(!given, field, "beside " + target, "only beside to, since nothing is sent on");
    }
}
