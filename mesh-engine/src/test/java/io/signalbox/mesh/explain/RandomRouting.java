package io.signalbox.mesh.explain;

import io.signalbox.mesh.model.PathTemplate;
import io.signalbox.mesh.model.Protection;
import io.signalbox.mesh.model.Rewrite;
import io.signalbox.mesh.model.RouteEdits;
import io.signalbox.mesh.model.RouteMatch;
import io.signalbox.mesh.model.RoutingRule;
import io.signalbox.mesh.model.RuleTarget;
import io.signalbox.mesh.model.ServiceConfig;
import io.signalbox.mesh.model.Splitting;
import io.signalbox.mesh.model.Stickiness;
import io.signalbox.mesh.model.TrafficPolicy;
import io.signalbox.mesh.model.ValueMatch;
import io.signalbox.mesh.model.Weight;
import io.signalbox.mesh.routing.RouteTable;
import io.signalbox.mesh.routing.StableKeys;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/** Policies and requests by chance, with everything that a policy may say about where a request goes. */
public final class RandomRouting {

    private static final String[] VERSIONS = {"v1", "v2", "v3"};
    private static final String[] PATHS = {"/", "/a", "/a/b", "/a/../b", "/ab", "//a", "/b"};
    private static final String[] RULE_PATHS = {"/", "/a", "/b"};
    private static final String[] METHODS = {"GET", "PUT", "POST"};
    private static final String[] USERS = {"A", "b", "v2", "mira", "noor"};
    private static final String[] TIERS = {"gold", "good", "silver"};
    private static final String[] QUERIES = {"", "?tier=gold", "?tier=silver&tier=go%6Fd", "?x=1&tier"};

    private final SplittableRandom random;

    public RandomRouting(long seed) {
        random = new SplittableRandom(seed);
    }

    public SplittableRandom draws() {
        return new SplittableRandom(random.nextLong());
    }

    public ServiceConfig config() {
        List<RoutingRule> rules = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            rules.add(rule());
        }
        Optional<Stickiness> sticky = stickiness();
        ServiceConfig plain = ExplainerTest.config(rules, new Splitting.Unsplit());
        TrafficPolicy policy = plain.policy();
        return ServiceConfig.starting(
                new TrafficPolicy(
                        policy.service(),
                        policy.timeout(),
                        policy.balancing(),
                        policy.circuitBreaker(),
                        policy.retry(),
                        rules,
                        splitting(sticky.isPresent()),
                        sticky,
                        Protection.NONE),
                plain.endpoints());
    }

    public HeldHead head() {
        List<Map.Entry<String, String>> fields = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            fields.add(Map.entry(random.nextBoolean() ? "x-user" : "X-Other", any(USERS)));
        }
        if (random.nextInt(3) == 0) {
            fields.add(Map.entry("Cookie", "a=b; sid=" + any(USERS)));
        }
        return new HeldHead(any(METHODS), any(PATHS) + any(QUERIES), "catalog", fields, HeldHead.Extent.WHOLE);
    }

    /** What an earlier hop may have sent along. */
    public StableKeys travelled(RouteTable table) {
        return random.nextInt(3) == 0 ? table.keys(head(), StableKeys.NONE) : StableKeys.NONE;
    }

    private Optional<Stickiness> stickiness() {
        return switch (random.nextInt(3)) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(new Stickiness.ByHeader("X-User"));
            default -> Optional.of(new Stickiness.ByCookie("sid", "/", Optional.empty()));
        };
    }

    private RoutingRule rule() {
        Optional<PathTemplate> template =
                random.nextInt(5) == 0 ? Optional.of(new PathTemplate("/a/{id}")) : Optional.empty();
        RouteMatch match = new RouteMatch(
                random.nextInt(3) == 0 ? Map.of("X-User", value(USERS)) : Map.of(),
                random.nextInt(4) == 0 ? Optional.of(any(RULE_PATHS)) : Optional.empty(),
                random.nextInt(3) == 0 ? Optional.of(any(RULE_PATHS)) : Optional.empty(),
                template,
                random.nextInt(3) == 0 ? Set.of(any(METHODS)) : Set.of(),
                random.nextInt(4) == 0 ? Map.of("tier", value(TIERS)) : Map.of(),
                random.nextInt(5) == 0 ? Set.of(random.nextBoolean() ? "shop" : "cart") : Set.of(),
                random.nextInt(6) == 0
                        ? Set.of("spiffe://mesh.example/service/" + (random.nextBoolean() ? "s*" : "cart"))
                        : Set.of());
        return new RoutingRule(
                match,
                target(),
                random.nextBoolean() ? Weight.ALL : new Weight(random.nextInt(101)),
                Optional.empty(),
                Optional.empty(),
                RouteEdits.NONE);
    }

    private ValueMatch value(String[] values) {
        return switch (random.nextInt(5)) {
            case 0 -> new ValueMatch.Prefix(any(values).substring(0, 1));
            case 1 -> new ValueMatch.Regex(any(values).charAt(0) + ".*");
            case 2 -> new ValueMatch.Present();
            case 3 -> new ValueMatch.Absent();
            default -> new ValueMatch.Exact(any(values));
        };
    }

    private RuleTarget target() {
        return switch (random.nextInt(6)) {
            case 0 -> new RuleTarget.Weighted(weights("v2", "v3"));
            case 1 ->
                new RuleTarget.Redirect(
                        308, Optional.empty(), new Rewrite(Optional.of("/moved"), Optional.empty(), Optional.empty()));
            case 2 -> new RuleTarget.DirectResponse(200, "ok", RuleTarget.DirectResponse.DEFAULT_TYPE);
            default -> new RuleTarget.Version(any(VERSIONS));
        };
    }

    private Splitting splitting(boolean sticky) {
        Weight weight = new Weight(random.nextInt(101));
        return switch (random.nextInt(4)) {
            case 0 -> new Splitting.Unsplit();
            case 1 -> new Splitting.Weighted(weights("v1", "v3"));
            case 2 -> ExplainerTest.canary(weight);
            default -> new Splitting.AbTest("v1", "v2", sticky ? "" : "X-User", weight.complement(), weight);
        };
    }

    private Map<String, Weight> weights(String one, String other) {
        Weight weight = new Weight(random.nextInt(101));
        Map<String, Weight> weights = new LinkedHashMap<>();
        weights.put(one, weight);
        weights.put(other, weight.complement());
        return weights;
    }

    private String any(String[] choices) {
        return choices[random.nextInt(choices.length)];
    }

    /** Every condition that does not hold for shop, found by reading the rule and not by the routing table. */
    static List<String> failing(RouteMatch match, HeldHead head) {
        List<String> failing = new ArrayList<>();
        String path = head.path().replace("//", "/").replace("/a/../b", "/b");
        if (!match.sources().isEmpty() && !match.sources().contains("shop")) {
            failing.add("source");
        }
        if (match.sourceIdentities().contains("spiffe://mesh.example/service/cart")) {
            failing.add("source identity");
        }
        if (!match.methods().isEmpty() && !match.methods().contains(head.method())) {
            failing.add("method");
        }
        match.path().filter(wanted -> !wanted.equals(path)).ifPresent(_ -> failing.add("path"));
        match.pathPrefix()
                .filter(wanted -> !wanted.equals("/") && !(path + "/").startsWith(wanted + "/"))
                .ifPresent(_ -> failing.add("path prefix"));
        match.pathTemplate().filter(_ -> !path.equals("/a/b")).ifPresent(_ -> failing.add("path template"));
        match.headers().forEach((name, wanted) -> {
            if (!holds(wanted, head.all(name))) {
                failing.add("header " + name);
            }
        });
        match.query().forEach((name, wanted) -> {
            if (!holds(wanted, tiers(head.target()))) {
                failing.add("query " + name);
            }
        });
        return failing;
    }

    private static List<String> tiers(String target) {
        String query = target.contains("?") ? target.substring(target.indexOf('?')) : "";
        return switch (query) {
            case "?tier=gold" -> List.of("gold");
            case "?tier=silver&tier=go%6Fd" -> List.of("silver", "good");
            case "?x=1&tier" -> List.of("");
            default -> List.of();
        };
    }

    private static boolean holds(ValueMatch wanted, List<String> values) {
        return switch (wanted) {
            case ValueMatch.Exact(String text) -> values.contains(text);
            case ValueMatch.Prefix(String text) -> values.stream().anyMatch(value -> value.startsWith(text));
            case ValueMatch.Regex(String pattern) ->
                values.stream().anyMatch(value -> !value.isEmpty() && value.charAt(0) == pattern.charAt(0));
            case ValueMatch.Present() -> !values.isEmpty();
            case ValueMatch.Absent() -> values.isEmpty();
        };
    }
}
