package io.signalbox.mesh.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.model.MeshConfig;
import io.signalbox.mesh.model.RouteMatch;
import io.signalbox.mesh.model.RoutingRule;
import io.signalbox.mesh.model.ServiceConfig;
import io.signalbox.mesh.model.Splitting;
import io.signalbox.mesh.model.TrafficPolicy;
import io.signalbox.mesh.model.ValueMatch;
import io.signalbox.mesh.model.Weight;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Random policies and requests, decided by the table and by reading the policy again for each request. */
class RouteModelTest {

    private static final int POLICIES = 400;
    private static final int REQUESTS_EACH = 50;
    private static final String[] VERSIONS = {"v1", "v2", "v3", "v4"};
    private static final String[] PATHS = {"/", "/a", "/a/", "/a/b", "/a/b/c", "/ab", "/b"};
    private static final String[] METHODS = {"GET", "PUT", "POST"};
    private static final String[] USERS = {"A", "b", "V1", "v2", "mira", "noor", ""};

    private final SplittableRandom random = new SplittableRandom(81);
    private final Map<String, Integer> reasons = new TreeMap<>();

    private record Expected(@Nullable String version, Duration timeout, String reason) {}

    @Test
    void anyPolicyRoutesAnyRequestAsTheModelDoes() {
        for (int i = 0; i < POLICIES; i++) {
            ServiceConfig config = config();
            RouteTable table = RouteTable.of(new MeshConfig(i, Map.of("catalog", config)));
            for (int j = 0; j < REQUESTS_EACH; j++) {
                compare(config, table, request(), random.nextLong());
            }
        }

        assertThat(reasons.keySet()).contains("rule 0", "rule 2", "WEIGHTED", "CANARY", "AB_RANDOM", "unsplit");
        assertThat(reasons.keySet()).contains("AB_HASH", "AB_CHOICE");
    }

    private void compare(ServiceConfig config, RouteTable table, TestRequest request, long seed) {
        Expected expected = model(config, request, new SplittableRandom(seed));
        RouteDecision.Routed routed =
                (RouteDecision.Routed) table.decide("catalog", request, new SplittableRandom(seed));
        String context = config.policy() + " " + request;
        assertThat(nameOf(routed.reason())).as(context).isEqualTo(expected.reason);
        assertThat(routed.timeout()).as(context).isEqualTo(expected.timeout);
        if (expected.reason.equals("AB_HASH")) {
            assertThat(routed.version()).as(context).isIn("v1", "v2");
        } else {
            assertThat(routed.version()).as(context).isEqualTo(expected.version);
        }
        List<Endpoint> serving = new ArrayList<>(config.endpoints());
        serving.removeIf(e -> routed.version() != null && !e.version().equals(routed.version()));
        assertThat(routed.endpoints()).as(context).isEqualTo(serving);
        reasons.merge(expected.reason, 1, Integer::sum);
    }

    private static Expected model(ServiceConfig config, TestRequest request, RandomGenerator draws) {
        TrafficPolicy policy = config.policy();
        for (int i = 0; i < policy.rules().size(); i++) {
            RoutingRule rule = policy.rules().get(i);
            int weight = rule.weight().percent();
            if (matches(rule.match(), request) && (weight == 100 || (weight > 0 && draws.nextInt(100) < weight))) {
                return new Expected(
                        rule.versions().iterator().next(), rule.timeout().orElse(policy.timeout()), "rule " + i);
            }
        }
        return switch (policy.splitting()) {
            case Splitting.Unsplit _ -> new Expected(null, policy.timeout(), "unsplit");
            case Splitting.Weighted split ->
                new Expected(weighted(split, draws.nextInt(100)), policy.timeout(), "WEIGHTED");
            case Splitting.Canary canary -> {
                int weight =
                        config.candidateWeight().orElse(canary.initialWeight()).percent();
                String version = draws.nextInt(100) < weight ? canary.candidate() : canary.stable();
                yield new Expected(version, policy.timeout(), "CANARY");
            }
            case Splitting.AbTest test -> ab(test, request, policy.timeout(), draws);
        };
    }

    private static boolean matches(RouteMatch match, TestRequest request) {
        String path = request.path();
        boolean prefix = match.pathPrefix().isEmpty()
                || match.pathPrefix().get().equals("/")
                || (path + "/").startsWith(match.pathPrefix().get().replaceAll("/$", "") + "/");
        return prefix
                && (match.path().isEmpty() || match.path().get().equals(path))
                && (match.methods().isEmpty() || match.methods().contains(request.method()))
                && match.headers().entrySet().stream()
                        .allMatch(wanted ->
                                request.all(wanted.getKey()).contains(((ValueMatch.Exact) wanted.getValue()).value()));
    }

    private static String weighted(Splitting.Weighted split, int draw) {
        int upTo = 0;
        for (Map.Entry<String, Weight> share : split.weights().entrySet()) {
            upTo += share.getValue().percent();
            if (draw < upTo) {
                return share.getKey();
            }
        }
        throw new AssertionError("weights that do not sum to 100: " + split);
    }

    private static Expected ab(Splitting.AbTest test, TestRequest request, Duration timeout, RandomGenerator draws) {
        String value = Objects.requireNonNullElse(request.first(test.splitKey()), "");
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "" -> new Expected(draws.nextInt(100) < test.weightB().percent() ? "v2" : "v1", timeout, "AB_RANDOM");
            case "a", "v1" -> new Expected("v1", timeout, "AB_CHOICE");
            case "b", "v2" -> new Expected("v2", timeout, "AB_CHOICE");
            default -> new Expected(null, timeout, "AB_HASH");
        };
    }

    private static String nameOf(RouteReason reason) {
        return switch (reason) {
            case RouteReason.ByRule(int index) -> "rule " + index;
            case RouteReason.ByRuleShare(int index, int _) -> "share of rule " + index;
            case RouteReason.BySplit by -> by.kind().name();
            case RouteReason.Unsplit _ -> "unsplit";
        };
    }

    private ServiceConfig config() {
        TrafficPolicy defaults = TrafficPolicy.defaults("catalog");
        List<RoutingRule> rules = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            rules.add(rule());
        }
        TrafficPolicy policy = new TrafficPolicy(
                "catalog",
                defaults.timeout(),
                defaults.balancing(),
                defaults.circuitBreaker(),
                defaults.retry(),
                rules,
                splitting());
        Optional<Weight> candidate = random.nextBoolean() ? Optional.of(weight()) : Optional.empty();
        return new ServiceConfig(policy, candidate, TestMesh.endpoints("v1", "v2", "v3"));
    }

    private RoutingRule rule() {
        RouteMatch match = new RouteMatch(
                random.nextInt(3) == 0 ? Map.of("X-User", any(USERS)) : Map.of(),
                random.nextInt(4) == 0 ? Optional.of(any(PATHS)) : Optional.empty(),
                random.nextInt(2) == 0 ? Optional.of(any(PATHS)) : Optional.empty(),
                random.nextInt(3) == 0 ? Set.of(any(METHODS)) : Set.of());
        return new RoutingRule(
                match,
                any(VERSIONS),
                random.nextBoolean() ? Weight.ALL : weight(),
                random.nextBoolean() ? Optional.of(Duration.ofSeconds(random.nextInt(1, 9))) : Optional.empty(),
                Optional.empty());
    }

    private Splitting splitting() {
        return switch (random.nextInt(4)) {
            case 0 -> new Splitting.Unsplit();
            case 1 -> {
                Map<String, Weight> weights = new LinkedHashMap<>();
                Weight first = weight();
                weights.put(any(VERSIONS), first);
                weights.merge("other", first.complement(), Weight::plus);
                yield new Splitting.Weighted(weights);
            }
            case 2 -> TestMesh.canary(random.nextInt(101));
            default -> TestMesh.abTest(random.nextInt(101));
        };
    }

    private TestRequest request() {
        TestRequest request = TestRequest.get(any(PATHS)).method(any(METHODS));
        for (int i = random.nextInt(3); i > 0; i--) {
            request = request.with(random.nextBoolean() ? "x-user" : "X-Other", any(USERS));
        }
        return request;
    }

    private Weight weight() {
        return new Weight(random.nextInt(101));
    }

    private String any(String[] choices) {
        return choices[random.nextInt(choices.length)];
    }
}
