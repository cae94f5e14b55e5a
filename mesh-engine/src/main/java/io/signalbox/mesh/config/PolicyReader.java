package io.signalbox.mesh.config;

import io.signalbox.mesh.model.AbWinner;
import io.signalbox.mesh.model.Authorization;
import io.signalbox.mesh.model.CircuitBreakerConfig;
import io.signalbox.mesh.model.Experiments;
import io.signalbox.mesh.model.Fault;
import io.signalbox.mesh.model.LoadBalancing;
import io.signalbox.mesh.model.Mirror;
import io.signalbox.mesh.model.Protection;
import io.signalbox.mesh.model.RetryPolicy;
import io.signalbox.mesh.model.RoutingRule;
import io.signalbox.mesh.model.Splitting;
import io.signalbox.mesh.model.Stickiness;
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
            "outlierDetection",
            "rateLimit",
            "concurrencyLimit",
            "callerLimit",
            "retry",
            "rules",
            "split",
            "canary",
            "abTest",
            "stickiness",
            "faults",
            "mirror",
            "authorization");

    private static final Set<String> OF_THE_MESH =
            Set.copyOf(List.of("apiVersion", "kind", "service", "authorization"));

    private PolicyReader() {}

    static TrafficPolicy read(Node document, boolean stored) {
        Section policy = Section.of(Section.ROOT, document, stored);
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
        RetryPolicy retry = policy.section("retry").map(RetryReader::read).orElse(defaults.retry());
        List<RoutingRule> rules =
                policy.sections("rules").stream().map(RuleReader::rule).toList();
        Splitting splitting = splitting(policy);
        Optional<Stickiness> stickiness = policy.section("stickiness").map(StickinessReader::stickiness);
        Protection protection = ProtectionReader.read(policy);
        List<Fault> faults = FaultReader.read(policy);
        Optional<Mirror> mirror = policy.section("mirror").map(section -> MirrorReader.read(section, service));
        Experiments experiments = policy.build(() -> new Experiments(faults, mirror));
        Authorization authorization = policy.section("authorization")
                .map(section -> AuthorizationReader.read(section, service))
                .orElse(Authorization.NONE);
        if (service.equals(TrafficPolicy.WHOLE_MESH)) {
            requireOfTheMesh(policy);
        }
        return policy.build(() -> new TrafficPolicy(
                service,
                timeout,
                balancing,
                breaker,
                retry,
                rules,
                splitting,
                stickiness,
                protection,
                experiments,
                authorization));
    }

    /** What else a policy holds is about the traffic to one service. */
    private static void requireOfTheMesh(Section policy) {
        policy.names().stream()
                .filter(name -> !OF_THE_MESH.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw policy.refused(name, "given", "left out: the whole mesh has authorization alone");
                });
    }

    private static Splitting splitting(Section policy) {
        List<String> given = SPLITTINGS.stream().filter(policy::has).toList();
        if (given.size() > 1) {
            throw policy.refused(given.get(1), "beside " + given.getFirst(), "one of split, canary, abTest");
        }
        return policy.section("split")
                .map(PolicyReader::weighted)
                .or(() -> policy.section("canary").map(CanaryReader::read))
                .or(() -> policy.section("abTest").map(section -> abTest(section, policy.has("stickiness"))))
                .orElseGet(Splitting.Unsplit::new);
    }

    private static Splitting weighted(Section section) {
        Map<String, Weight> weights = section.weights();
        return section.build(() -> new Splitting.Weighted(weights));
    }

    private static Splitting abTest(Section section, boolean sticky) {
        section.allowing(Set.of("versionA", "versionB", "splitKey", "weightA", "weightB", "winner"));
        String versionA = section.requiredText("versionA");
        String versionB = section.requiredText("versionB");
        String key = sticky ? noSplitKey(section) : section.requiredText("splitKey");
        Optional<Weight> a = section.weight("weightA");
        Optional<Weight> b = section.weight("weightB");
        Weight weightA = a.orElseGet(() -> b.map(Weight::complement).orElse(new Weight(50)));
        Weight weightB = b.orElseGet(weightA::complement);
        Optional<AbWinner> winner = section.section("winner").map(AbWinnerReader::read);
        return section.build(
                () -> new Splitting.AbTest(versionA, versionB, key, weightA, weightB, winner),
                Splitting.AbTest::requireSense);
    }

    private static String noSplitKey(Section section) {
        section.text("splitKey").ifPresent(key -> {
            throw section.refused("splitKey", key, "left out, since stickiness names the key");
        });
        return "";
    }
}
