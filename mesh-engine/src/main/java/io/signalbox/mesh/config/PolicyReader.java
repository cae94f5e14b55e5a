package io.signalbox.mesh.config;

import io.signalbox.mesh.model.CircuitBreakerConfig;
import io.signalbox.mesh.model.LoadBalancing;
import io.signalbox.mesh.model.Protection;
import io.signalbox.mesh.model.RetryCondition;
import io.signalbox.mesh.model.RetryPolicy;
import io.signalbox.mesh.model.RoutingRule;
import io.signalbox.mesh.model.Splitting;
import io.signalbox.mesh.model.Stickiness;
import io.signalbox.mesh.model.SuccessRate;
import io.signalbox.mesh.model.TrafficPolicy;
import io.signalbox.mesh.model.Weight;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads one {@code TrafficPolicy} document; what it leaves out gets the model's defaults. */
final class PolicyReader {

    private static final List<String> SPLITTINGS = List.of("split", "canary", "abTest");
    private static final Set<String> FIELDS = Set.of(
            "apiVersion",
            "kind",
            "service",
            "timeout",
            "loadBalancing",
            "circuitBreaker",
            "outlierDetection",
            "rateLimit",
            "retry",
            "rules",
            "split",
            "canary",
            "abTest",
            "stickiness");
    private static final Set<RetryCondition> DEFAULT_RETRY_ON =
            Set.copyOf(EnumSet.of(RetryCondition.GATEWAY_ERROR, RetryCondition.CONNECT_FAILURE, RetryCondition.RESET));

    private PolicyReader() {}

    static TrafficPolicy read(Node document) {
        Section policy = Section.of(Section.ROOT, document);
        policy.requiring("apiVersion", PolicyFormat.API_VERSION)
                .requiring("kind", PolicyFormat.KIND)
                .allowing(FIELDS);
        String service = policy.requiredText("service");
        TrafficPolicy defaults = policy.build(() -> TrafficPolicy.defaults(service));
        Duration timeout = policy.duration("timeout").orElse(defaults.timeout());
        LoadBalancing balancing =
                policy.section("loadBalancing").map(BalancingReader::read).orElse(defaults.balancing());
        CircuitBreakerConfig breaker =
                policy.section("circuitBreaker").map(BreakerReader::read).orElse(defaults.circuitBreaker());
        RetryPolicy retry = policy.section("retry").map(PolicyReader::retry).orElse(defaults.retry());
        List<RoutingRule> rules =
                policy.sections("rules").stream().map(RuleReader::rule).toList();
        Splitting splitting = splitting(policy);
        Optional<Stickiness> stickiness = policy.section("stickiness").map(StickinessReader::stickiness);
        Protection protection = ProtectionReader.read(policy);
        return policy.build(() -> new TrafficPolicy(
                service, timeout, balancing, breaker, retry, rules, splitting, stickiness, protection));
    }

    static RetryPolicy retry(Section section) {
        section.allowing(Set.of("maxAttempts", "perTryTimeout", "retryOn", "backoff", "budget", "methods"));
        int attempts = section.number("maxAttempts", 3);
        Optional<Duration> perTry = section.duration("perTryTimeout");
        Set<RetryCondition> conditions = section.has("retryOn") ? retryOn(section) : DEFAULT_RETRY_ON;
        RetryPolicy.Backoff backoff =
                section.section("backoff").map(PolicyReader::backoff).orElse(RetryPolicy.Backoff.DEFAULT);
        RetryPolicy.Budget budget =
                section.section("budget").map(PolicyReader::budget).orElse(RetryPolicy.Budget.DEFAULT);
        RetryPolicy.Methods methods =
                section.text("methods").map(text -> methods(section, text)).orElse(RetryPolicy.Methods.IDEMPOTENT);
        return section.build(() -> new RetryPolicy(attempts, perTry, conditions, backoff, budget, methods));
    }

    private static Set<RetryCondition> retryOn(Section section) {
        EnumSet<RetryCondition> conditions = EnumSet.noneOf(RetryCondition.class);
        section.words("retryOn").forEach(word -> conditions.add(section.build(() -> RetryCondition.parse(word))));
        return conditions;
    }

    private static RetryPolicy.Methods methods(Section section, String text) {
        return switch (text) {
            case "idempotent" -> RetryPolicy.Methods.IDEMPOTENT;
            case "any" -> RetryPolicy.Methods.ANY;
            default -> throw section.refused("methods", text, "idempotent | any");
        };
    }

    private static RetryPolicy.Backoff backoff(Section section) {
        section.allowing(Set.of("base", "max"));
        Duration base = section.duration("base").orElse(RetryPolicy.Backoff.DEFAULT.base());
        Duration max = section.duration("max").orElse(RetryPolicy.Backoff.DEFAULT.max());
        return section.build(() -> new RetryPolicy.Backoff(base, max));
    }

    private static RetryPolicy.Budget budget(Section section) {
        section.allowing(Set.of("ratio", "minPerSecond"));
        double ratio = section.decimal("ratio", RetryPolicy.Budget.DEFAULT.ratio());
        int floor = section.number("minPerSecond", RetryPolicy.Budget.DEFAULT.minPerSecond());
        return section.build(() -> new RetryPolicy.Budget(ratio, floor));
    }

    private static Splitting splitting(Section policy) {
        List<String> given = SPLITTINGS.stream().filter(policy::has).toList();
        if (given.size() > 1) {
            throw policy.refused(given.get(1), "beside " + given.getFirst(), "one of split, canary, abTest");
        }
        return policy.section("split")
                .map(PolicyReader::weighted)
                .or(() -> policy.section("canary").map(PolicyReader::canary))
                .or(() -> policy.section("abTest").map(section -> abTest(section, policy.has("stickiness"))))
                .orElseGet(Splitting.Unsplit::new);
    }

    private static Splitting weighted(Section section) {
        Map<String, Weight> weights = section.weights();
        return section.build(() -> new Splitting.Weighted(weights));
    }

    private static Splitting canary(Section section) {
        section.allowing(Set.of(
                "stable", "candidate", "initialWeight", "incrementStep", "incrementDelay", "maxWeight", "successRate"));
        String stable = section.requiredText("stable");
        String candidate = section.requiredText("candidate");
        Weight max = section.weight("maxWeight").orElse(Weight.ALL);
        Weight initial = section.weight("initialWeight").orElse(new Weight(Math.min(10, max.percent())));
        Weight step = section.weight("incrementStep").orElse(new Weight(10));
        Duration delay = section.duration("incrementDelay").orElse(Duration.ofMinutes(5));
        double rate = section.decimal("successRate", 0.99);
        SuccessRate success = section.build(() -> new SuccessRate(rate));
        return section.build(() -> new Splitting.Canary(stable, candidate, initial, step, delay, max, success));
    }

    private static Splitting abTest(Section section, boolean sticky) {
        section.allowing(Set.of("versionA", "versionB", "splitKey", "weightA", "weightB"));
        String versionA = section.requiredText("versionA");
        String versionB = section.requiredText("versionB");
        String key = sticky ? noSplitKey(section) : section.requiredText("splitKey");
        Optional<Weight> a = section.weight("weightA");
        Optional<Weight> b = section.weight("weightB");
        Weight weightA = a.orElseGet(() -> b.map(Weight::complement).orElse(new Weight(50)));
        Weight weightB = b.orElseGet(weightA::complement);
        return section.build(() -> new Splitting.AbTest(versionA, versionB, key, weightA, weightB));
    }

    private static String noSplitKey(Section section) {
        section.text("splitKey").ifPresent(key -> {
            throw section.refused("splitKey", key, "left out, since stickiness names the key");
        });
        return "";
    }
}
