package io.signalbox.mesh.config;

import io.signalbox.mesh.model.BalancingStrategy;
import io.signalbox.mesh.model.CircuitBreakerConfig;
import io.signalbox.mesh.model.RetryPolicy;
import io.signalbox.mesh.model.RouteMatch;
import io.signalbox.mesh.model.RoutingRule;
import io.signalbox.mesh.model.Splitting;
import io.signalbox.mesh.model.SuccessRate;
import io.signalbox.mesh.model.TrafficPolicy;
import io.signalbox.mesh.model.Weight;
import java.time.Duration;
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
            "retry",
            "rules",
            "split",
            "canary",
            "abTest");

    private PolicyReader() {}

    static TrafficPolicy read(Node document) {
        Section policy = Section.of(Section.ROOT, document);
        policy.requiring("apiVersion", PolicyFormat.API_VERSION)
                .requiring("kind", PolicyFormat.KIND)
                .allowing(FIELDS);
        String service = policy.requiredText("service");
        TrafficPolicy defaults = policy.build(() -> TrafficPolicy.defaults(service));
        Duration timeout = policy.duration("timeout").orElse(defaults.timeout());
        BalancingStrategy balancing = policy.section("loadBalancing")
                .map(section -> balancing(section, defaults.balancing()))
                .orElse(defaults.balancing());
        CircuitBreakerConfig breaker =
                policy.section("circuitBreaker").map(PolicyReader::breaker).orElse(defaults.circuitBreaker());
        RetryPolicy retry = policy.section("retry").map(RetryReader::read).orElse(defaults.retry());
        List<RoutingRule> rules =
                policy.sections("rules").stream().map(PolicyReader::rule).toList();
        Splitting splitting = splitting(policy);
        return policy.build(() -> new TrafficPolicy(service, timeout, balancing, breaker, retry, rules, splitting));
    }

    private static BalancingStrategy balancing(Section section, BalancingStrategy otherwise) {
        return section.allowing(Set.of("strategy"))
                .parsed("strategy", BalancingStrategy::parse)
                .orElse(otherwise);
    }

    private static CircuitBreakerConfig breaker(Section section) {
        section.allowing(Set.of("failureThreshold", "successThreshold", "openDuration", "halfOpenRequests"));
        CircuitBreakerConfig defaults = CircuitBreakerConfig.DEFAULT;
        int failures = section.number("failureThreshold", defaults.failureThreshold());
        int halfOpen = section.number("halfOpenRequests", defaults.halfOpenRequests());
        int successes = section.number("successThreshold", Math.clamp(halfOpen, 1, defaults.successThreshold()));
        Duration open = section.duration("openDuration").orElse(defaults.openDuration());
        return section.build(() -> new CircuitBreakerConfig(failures, successes, open, halfOpen));
    }

    private static RoutingRule rule(Section section) {
        section.allowing(Set.of("match", "to", "weight", "timeout", "retry"));
        RouteMatch match = section.section("match").map(PolicyReader::match).orElse(RouteMatch.ANY);
        String version = section.requiredText("to");
        Weight weight = section.weight("weight").orElse(Weight.ALL);
        Optional<Duration> timeout = section.duration("timeout");
        Optional<RetryPolicy> retry = section.section("retry").map(RetryReader::read);
        return section.build(() -> new RoutingRule(match, version, weight, timeout, retry));
    }

    private static RouteMatch match(Section section) {
        section.allowing(Set.of("headers", "path", "pathPrefix", "methods"));
        Map<String, String> headers =
                section.section("headers").map(Section::texts).orElse(Map.of());
        Optional<String> path = section.text("path");
        Optional<String> prefix = section.text("pathPrefix");
        Set<String> methods = Set.copyOf(section.words("methods"));
        return section.build(() -> new RouteMatch(headers, path, prefix, methods));
    }

    private static Splitting splitting(Section policy) {
        List<String> given = SPLITTINGS.stream().filter(policy::has).toList();
        if (given.size() > 1) {
            throw policy.refused(given.get(1), "beside " + given.getFirst(), "one of split, canary, abTest");
        }
        return policy.section("split")
                .map(PolicyReader::weighted)
                .or(() -> policy.section("canary").map(PolicyReader::canary))
                .or(() -> policy.section("abTest").map(PolicyReader::abTest))
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

    private static Splitting abTest(Section section) {
        section.allowing(Set.of("versionA", "versionB", "splitKey", "weightA", "weightB"));
        String versionA = section.requiredText("versionA");
        String versionB = section.requiredText("versionB");
        String key = section.requiredText("splitKey");
        Optional<Weight> a = section.weight("weightA");
        Optional<Weight> b = section.weight("weightB");
        Weight weightA = a.orElseGet(() -> b.map(Weight::complement).orElse(new Weight(50)));
        Weight weightB = b.orElseGet(weightA::complement);
        return section.build(() -> new Splitting.AbTest(versionA, versionB, key, weightA, weightB));
    }
}
