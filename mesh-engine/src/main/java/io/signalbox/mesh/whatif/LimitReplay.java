package io.signalbox.mesh.whatif;

import io.signalbox.mesh.explain.Recalled;
import io.signalbox.mesh.explain.RuleStep;
import io.signalbox.mesh.model.RateLimit;
import io.signalbox.mesh.model.TrafficPolicy;
import io.signalbox.mesh.resilience.TokenBucket;
import io.signalbox.mesh.routing.RouteDecision;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs a policy's rate limits again over when requests came: the callers' sidecars', a rule's, and an instance's for each
 * caller. Of requests of which a share is kept the limit is taken down to that share. For one thread.
 */
final class LimitReplay {

    private static final int NO_RULE = -1;
    private static final Duration LONGEST = Duration.ofHours(1);

    private final TrafficPolicy policy;
    private final double share;
    private final Map<Bucket, TokenBucket> buckets = new HashMap<>();
    private long now;

    private record Bucket(String caller, String instance, int rule) {}

    private LimitReplay(TrafficPolicy policy, double share) {
        this.policy = policy;
        this.share = share;
    }

    /**
     * A request and where it goes under one policy.
     *
     * @param place which one it is
     */
    record Sent(int place, Recalled record, RouteDecision.Routed routed) {}

    /** Whether both refuse alike. */
    static boolean same(TrafficPolicy one, TrafficPolicy other) {
        return one.protection().rateLimit().equals(other.protection().rateLimit())
                && one.protection().callerLimit().equals(other.protection().callerLimit())
                && ofRules(one).equals(ofRules(other));
    }

    /** By their places; empty where no rule has one. */
    private static Map<Integer, RateLimit> ofRules(TrafficPolicy policy) {
        Map<Integer, RateLimit> limits = new HashMap<>();
        for (int place = 0; place < policy.rules().size(); place++) {
            RateLimit limit = policy.rules().get(place).rateLimit().orElse(null);
            if (limit != null) {
                limits.put(place, limit);
            }
        }
        return limits;
    }

    /**
     * Which of those are refused, by their places.
     *
     * @param sent in the order in which they came
     * @param share of all requests that are kept, above 0, at most 1
     */
    static BitSet refused(TrafficPolicy policy, List<Sent> sent, double share) {
        LimitReplay replay = new LimitReplay(policy, share);
        BitSet refused = new BitSet();
        if (sent.isEmpty()) {
            return refused;
        }
        Instant first = sent.getFirst().record().at();
        for (Sent one : sent) {
            replay.now = Math.max(
                    replay.now, Duration.between(first, one.record().at()).toNanos());
            if (replay.refuses(one)) {
                refused.set(one.place());
            }
        }
        return refused;
    }

    private boolean refuses(Sent sent) {
        String instance = sent.record().sourceInstance();
        int rule = RuleStep.took(sent.routed().reason(), NO_RULE);
        Optional<RateLimit> ofRule =
                rule == NO_RULE ? Optional.empty() : policy.rules().get(rule).rateLimit();
        Optional<TokenBucket> first = ofRule.map(limit -> bucket(new Bucket(instance, "", rule), limit));
        if (first.isPresent() && first.get().tryTake() > 0) {
            return true;
        }
        Optional<TokenBucket> second =
                policy.protection().rateLimit().map(limit -> bucket(new Bucket(instance, "", NO_RULE), limit));
        if (second.isPresent() && second.get().tryTake() > 0) {
            first.ifPresent(TokenBucket::giveBack);
            return true;
        }
        String endpoint = sent.record().endpoint();
        String caller =
                String.valueOf(Arrival.proven(sent.record(), sent.routed()).identity());
        return endpoint != null
                && policy.protection()
                        .callerLimit()
                        .filter(limit -> bucket(new Bucket(caller, endpoint, NO_RULE), limit)
                                        .tryTake()
                                > 0)
                        .isPresent();
    }

    private TokenBucket bucket(Bucket key, RateLimit limit) {
        return buckets.computeIfAbsent(key, _ -> new TokenBucket(scaled(limit), () -> now));
    }

    private RateLimit scaled(RateLimit limit) {
        if (share >= 1) {
            return limit;
        }
        int burst = Math.max(1, (int) Math.round(limit.burst() * share));
        double nanos = limit.per().toNanos() / share;
        if (nanos <= LONGEST.toNanos()) {
            return new RateLimit(limit.requests(), Duration.ofNanos(Math.round(nanos)), burst);
        }
        long inAnHour = Math.round(limit.requests() * LONGEST.toNanos() / nanos);
        return new RateLimit((int) Math.max(1, inAnHour), LONGEST, burst);
    }
}
