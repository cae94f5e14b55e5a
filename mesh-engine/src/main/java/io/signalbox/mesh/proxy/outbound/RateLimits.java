package io.signalbox.mesh.proxy.outbound;

import io.signalbox.mesh.model.RateLimit;
import io.signalbox.mesh.model.RouteMatch;
import io.signalbox.mesh.model.RoutingRule;
import io.signalbox.mesh.model.TrafficPolicy;
import io.signalbox.mesh.proxy.failure.ProxyFailure;
import io.signalbox.mesh.resilience.TokenBucket;
import io.signalbox.mesh.routing.RouteDecision;
import io.signalbox.mesh.routing.RouteReason;
import io.signalbox.mesh.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rate limits of one service, in one sidecar: its policy's own, and those of its rules. A request that a rule takes
 * must pass both. Immutable but for the buckets' counts, and safe to use from any thread.
 */
final class RateLimits {

    private static final RateLimits NONE = new RateLimits(null, List.of(), Map.of());

    private final @Nullable TokenBucket service;

    /** By the rule's place in the policy; empty when no rule has a limit. */
    private final List<@Nullable TokenBucket> byRule;

    private final Map<Limited, TokenBucket> buckets;

    private RateLimits(
            @Nullable TokenBucket service, List<@Nullable TokenBucket> byRule, Map<Limited, TokenBucket> buckets) {
        this.service = service;
        this.byRule = byRule;
        this.buckets = buckets;
    }

    /**
     * A rule as its bucket knows it when places have changed.
     *
     * @param nth of several rules that are alike in this
     */
    private record Limited(RouteMatch match, RateLimit limit, int nth) {}

    static RateLimits of(TrafficPolicy policy, Ticker ticker) {
        return NONE.under(policy, ticker);
    }

    /**
     * Those of the new policy. A bucket goes on while its limit is the same, and a rule's while what the rule matches is the
     * same as well, wherever it now stands; any other begins full.
     */
    RateLimits under(TrafficPolicy policy, Ticker ticker) {
        RateLimit wanted = policy.protection().rateLimit().orElse(null);
        TokenBucket known = service;
        TokenBucket own = null;
        if (wanted != null) {
            own = known != null && known.limit().equals(wanted) ? known : new TokenBucket(wanted, ticker);
        }
        if (policy.rules().stream().allMatch(rule -> rule.rateLimit().isEmpty())) {
            return own == null ? NONE : new RateLimits(own, List.of(), Map.of());
        }
        List<@Nullable TokenBucket> places = new ArrayList<>();
        Map<Limited, TokenBucket> kept = new HashMap<>();
        for (RoutingRule rule : policy.rules()) {
            RateLimit limit = rule.rateLimit().orElse(null);
            places.add(limit == null ? null : bucket(rule.match(), limit, kept, ticker));
        }
        return new RateLimits(own, Collections.unmodifiableList(places), kept);
    }

    private TokenBucket bucket(RouteMatch match, RateLimit limit, Map<Limited, TokenBucket> taken, Ticker ticker) {
        Limited key = new Limited(match, limit, 0);
        while (taken.containsKey(key)) {
            key = new Limited(match, limit, key.nth() + 1);
        }
        TokenBucket known = buckets.get(key);
        TokenBucket bucket = known != null ? known : new TokenBucket(limit, ticker);
        taken.put(key, bucket);
        return bucket;
    }

    /** Counts the request, or says why it must not be sent, and counts nothing; {@code null} when it may. */
    @Nullable
    ProxyFailure refusal(RouteDecision.Routed routed) {
        TokenBucket ofRule = byRule.isEmpty() ? null : ofRule(routed.reason());
        long wait = ofRule == null ? 0 : ofRule.tryTake();
        TokenBucket ofService = service;
        if (wait == 0 && ofService != null) {
            wait = ofService.tryTake();
            if (wait > 0 && ofRule != null) {
                ofRule.giveBack();
            }
        }
        return wait == 0 ? null : new ProxyFailure.RateLimited(routed.config().service(), Duration.ofNanos(wait));
    }

    private @Nullable TokenBucket ofRule(RouteReason reason) {
        return switch (reason) {
            case RouteReason.ByRule(int index) -> byRule.get(index);
            case RouteReason.ByRuleShare(int index, int _) -> byRule.get(index);
            case RouteReason.BySplit _, RouteReason.Unsplit _ -> null;
        };
    }
}
