package io.signalbox.mesh.config;

import io.signalbox.mesh.model.AbWinner;
import io.signalbox.mesh.model.Authorization;
import io.signalbox.mesh.model.Authorization.Action;
import io.signalbox.mesh.model.Authorization.Mode;
import io.signalbox.mesh.model.AuthorizationRule;
import io.signalbox.mesh.model.BalancingStrategy;
import io.signalbox.mesh.model.BreakerScope;
import io.signalbox.mesh.model.BreakerWindow;
import io.signalbox.mesh.model.CircuitBreakerConfig;
import io.signalbox.mesh.model.ConcurrencyLimit;
import io.signalbox.mesh.model.HashOn;
import io.signalbox.mesh.model.HedgeDelay;
import io.signalbox.mesh.model.LoadBalancing;
import io.signalbox.mesh.model.Protection;
import io.signalbox.mesh.model.RateLimit;
import io.signalbox.mesh.model.RetryCondition;
import io.signalbox.mesh.model.RetryPolicy;
import io.signalbox.mesh.model.RouteMatch;
import io.signalbox.mesh.model.RoutingRule;
import io.signalbox.mesh.model.Splitting;
import io.signalbox.mesh.model.Stickiness;
import io.signalbox.mesh.model.TrafficPolicy;
import io.signalbox.mesh.model.Weight;
import io.signalbox.mesh.model.ZonePreference;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/** Valid policies of every shape, with the awkward texts that trip formats. */
final class RandomPolicies {

    static final List<String> AWKWARD = List.of(
            "yes",
            "no",
            "null",
            "~",
            "1.0",
            "0x1F",
            "1e3",
            "# x",
            "a: b",
            "- a",
            "'",
            "\"",
            "\\",
            " pad ",
            "",
            "*a",
            "&a",
            "{x}",
            "[x]",
            "ü→",
            "true",
            "2026-01-01",
            "line\nbreak",
            "%",
            "@",
            "`",
            "?",
            ":",
            "|",
            ">");

    private RandomPolicies() {}

    static TrafficPolicy next(Random random) {
        TrafficPolicy policy =
                unsticky(random).withProtection(protection(random)).withExperiments(RandomFaults.next(random));
        return stickyOrNot(random, policy).withAuthorization(authorization(random));
    }

    private static Authorization authorization(Random random) {
        if (random.nextBoolean()) {
            return Authorization.NONE;
        }
        return new Authorization(
                random.nextBoolean() ? Optional.empty() : Optional.of(pick(random, List.of(Action.values()))),
                random.nextBoolean() ? Optional.empty() : Optional.of(pick(random, List.of(Mode.values()))),
                IntStream.range(0, random.nextInt(3))
                        .mapToObj(i -> new AuthorizationRule(
                                pick(random, List.of("true", "1.0", "null", "a-b")) + i,
                                pick(random, List.of(Action.values())),
                                random.nextBoolean()
                                        ? RouteMatch.ANY
                                        : new RouteMatch(
                                                Map.of(),
                                                Optional.of("/"
                                                        + pick(random, AWKWARD).replace("?", "q")),
                                                Optional.empty(),
                                                Optional.empty(),
                                                Set.of("GET"),
                                                Map.of(),
                                                Set.of("unknown", "true"),
                                                Set.of("spiffe://a/*"))))
                        .toList());
    }

    private static TrafficPolicy stickyOrNot(Random random, TrafficPolicy policy) {
        return switch (random.nextInt(3)) {
            case 0 -> policy;
            case 1 -> policy.splitting() instanceof Splitting.AbTest ? policy : sticky(policy, header(random));
            default -> policy.splitting() instanceof Splitting.AbTest ? policy : sticky(policy, cookie(random));
        };
    }

    private static TrafficPolicy sticky(TrafficPolicy policy, Stickiness stickiness) {
        return new TrafficPolicy(
                policy.service(),
                policy.timeout(),
                policy.balancing(),
                policy.circuitBreaker(),
                policy.retry(),
                policy.rules(),
                policy.splitting(),
                Optional.of(stickiness),
                policy.protection(),
                policy.experiments());
    }

    private static Stickiness header(Random random) {
        return new Stickiness.ByHeader(pick(random, List.of("X-User", "true", "1.0")));
    }

    private static Stickiness cookie(Random random) {
        return new Stickiness.ByCookie(
                pick(random, List.of("session", "null", "~")),
                pick(random, List.of("/", "/shop")),
                random.nextBoolean() ? Optional.empty() : Optional.of(Duration.ofSeconds(1 + random.nextInt(99_999))));
    }

    private static TrafficPolicy unsticky(Random random) {
        return new TrafficPolicy(
                pick(random, List.of("cart", "123", "a-b", "true", "null", "1e3")),
                duration(random),
                balancing(random),
                breaker(random),
                random.nextBoolean() ? RetryPolicy.OFF : retry(random),
                IntStream.range(0, random.nextInt(3))
                        .mapToObj(i -> rule(random))
                        .toList(),
                splitting(random));
    }

    private static Protection protection(Random random) {
        Protection protection = random.nextBoolean() ? Protection.NONE : Protection.NONE.withRateLimit(rate(random));
        if (random.nextBoolean()) {
            protection = protection.withCallerLimit(rate(random));
        }
        return random.nextBoolean() ? protection : protection.withConcurrency(concurrency(random));
    }

    static RateLimit rate(Random random) {
        return new RateLimit(
                1 + random.nextInt(9_999), Duration.ofMillis(1 + random.nextInt(3_600_000)), 1 + random.nextInt(99));
    }

    private static ConcurrencyLimit concurrency(Random random) {
        int most = 1 + random.nextInt(1_000);
        int initial = 1 + random.nextInt(most);
        return new ConcurrencyLimit(
                most,
                random.nextInt(99),
                Duration.ofMillis(1 + random.nextInt(60_000)),
                random.nextBoolean()
                        ? Optional.empty()
                        : Optional.of(new ConcurrencyLimit.Adaptive(
                                1 + random.nextInt(initial), initial, 1 + random.nextDouble())));
    }

    private static LoadBalancing balancing(Random random) {
        BalancingStrategy strategy = pick(random, List.of(BalancingStrategy.values()));
        List<HashOn> keys = List.of(
                new HashOn.Header("X-User-ID"), new HashOn.Cookie("no"), new HashOn.SourceAddress(), new HashOn.Path());
        boolean hashes = strategy == BalancingStrategy.RING_HASH || strategy == BalancingStrategy.MAGLEV;
        Map<String, Integer> weights = strategy.weighs() && random.nextBoolean()
                ? Map.of("hello-127.0.0.1-8000", 1 + random.nextInt(1_000), "1e3", 7)
                : Map.of();
        return new LoadBalancing(
                strategy,
                hashes ? Optional.of(pick(random, keys)) : Optional.empty(),
                weights,
                strategy.hashes() || random.nextBoolean() ? Optional.empty() : Optional.of(duration(random)),
                random.nextBoolean() ? Optional.empty() : Optional.of(new ZonePreference(1 + random.nextInt(100))),
                random.nextBoolean() ? OptionalInt.empty() : OptionalInt.of(random.nextInt(101)));
    }

    private static CircuitBreakerConfig breaker(Random random) {
        int halfOpen = 1 + random.nextInt(9);
        return new CircuitBreakerConfig(
                1 + random.nextInt(9),
                1 + random.nextInt(halfOpen),
                duration(random),
                halfOpen,
                random.nextBoolean() ? Optional.empty() : Optional.of(window(random)),
                pick(random, List.of(BreakerScope.values())));
    }

    private static BreakerWindow window(Random random) {
        int size = 1 + random.nextInt(10_000);
        return new BreakerWindow(
                random.nextBoolean()
                        ? new BreakerWindow.Extent.Calls(size)
                        : new BreakerWindow.Extent.Time(Duration.ofSeconds(1 + random.nextInt(600))),
                1 + random.nextInt(size),
                1 - random.nextDouble(),
                random.nextBoolean()
                        ? Optional.empty()
                        : Optional.of(new BreakerWindow.SlowCalls(1 - random.nextDouble(), duration(random))));
    }

    private static RetryPolicy retry(Random random) {
        EnumSet<RetryCondition> on = EnumSet.noneOf(RetryCondition.class);
        IntStream.range(0, random.nextInt(4)).forEach(i -> on.add(pick(random, List.copyOf(RetryCondition.WORDS))));
        Duration base = duration(random);
        return new RetryPolicy(
                1 + random.nextInt(10),
                random.nextBoolean() ? Optional.empty() : Optional.of(duration(random)),
                on,
                random.nextBoolean()
                        ? new RetryPolicy.Backoff(base, base.plusMillis(random.nextInt(1_000)))
                        : new RetryPolicy.Backoff(base, base, duration(random)),
                new RetryPolicy.Budget(random.nextDouble(), random.nextInt(9)),
                pick(random, List.of(RetryPolicy.Methods.values())),
                random.nextBoolean() ? Set.of() : Set.of(400 + random.nextInt(100), 500 + random.nextInt(100)),
                random.nextBoolean() ? Optional.empty() : Optional.of(hedge(random)));
    }

    private static RetryPolicy.Hedge hedge(Random random) {
        HedgeDelay after = random.nextBoolean()
                ? new HedgeDelay.Fixed(duration(random))
                : new HedgeDelay.Quantile((500 + random.nextInt(500)) / 10.0);
        return new RetryPolicy.Hedge(after, 1 + random.nextInt(3));
    }

    private static RoutingRule rule(Random random) {
        RoutingRule rule = random.nextBoolean() ? plainRule(random) : RandomRules.next(random);
        return rule.versions().isEmpty() || random.nextBoolean() ? rule : rule.withRateLimit(rate(random));
    }

    private static RoutingRule plainRule(Random random) {
        RouteMatch match = new RouteMatch(
                random.nextBoolean() ? Map.of() : Map.of("X-A", pick(random, AWKWARD), "x-1", pick(random, AWKWARD)),
                random.nextBoolean()
                        ? Optional.empty()
                        : Optional.of("/" + pick(random, AWKWARD).replace("?", "")),
                random.nextBoolean() ? Optional.empty() : Optional.of("/v1"),
                random.nextBoolean() ? Set.of() : Set.of("GET", "POST"));
        return new RoutingRule(
                match,
                version(random),
                new Weight(random.nextInt(101)),
                random.nextBoolean() ? Optional.empty() : Optional.of(duration(random)),
                random.nextBoolean() ? Optional.empty() : Optional.of(retry(random)));
    }

    private static Splitting splitting(Random random) {
        int share = random.nextInt(101);
        return switch (random.nextInt(4)) {
            case 0 -> new Splitting.Unsplit();
            case 1 -> new Splitting.Weighted(Map.of("v1", new Weight(share), "2.0", new Weight(100 - share)));
            case 2 -> RandomCanaries.next(random);
            default ->
                new Splitting.AbTest("v1", "no", "X-Key", new Weight(share), new Weight(100 - share))
                        .withWinner(random.nextBoolean() ? Optional.empty() : Optional.of(winner(random)));
        };
    }

    private static AbWinner winner(Random random) {
        AbWinner.Metric metric = List.of(AbWinner.Metric.SUCCESS_RATE, AbWinner.Metric.LATENCY, AbWinner.Metric.EITHER)
                .get(random.nextInt(3));
        Duration least = duration(random);
        return new AbWinner(
                metric,
                0.001 + random.nextInt(100) / 1_000.0,
                random.nextBoolean() ? 0.999 : 0.5,
                metric == AbWinner.Metric.SUCCESS_RATE ? 0 : 0.25,
                0.001 + random.nextInt(400) / 1_000.0,
                least,
                1 + random.nextInt(1_000),
                least.multipliedBy(1 + random.nextInt(5)),
                random.nextBoolean() ? AbWinner.Promotion.WINNER : AbWinner.Promotion.NONE);
    }

    private static Duration duration(Random random) {
        return Duration.ofNanos(1
                + switch (random.nextInt(3)) {
                    case 0 -> random.nextLong(1_000_000_000L);
                    case 1 -> 1_000_000L * random.nextInt(100_000);
                    default -> 1_000_000_000L * random.nextInt(100_000);
                });
    }

    private static String version(Random random) {
        return pick(random, List.of("v1", "2", "1.0", "true", "no", "null", "0x10"));
    }

    static <T> T pick(Random random, List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
