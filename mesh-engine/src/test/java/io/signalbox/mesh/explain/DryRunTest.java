package io.signalbox.mesh.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.mesh.config.PolicyFormat;
import io.signalbox.mesh.explain.RuleStep.Verdict;
import io.signalbox.mesh.model.Cause;
import io.signalbox.mesh.model.Fault;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.model.MeshConfig;
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
import io.signalbox.mesh.model.Weight;
import io.signalbox.mesh.routing.FailedCondition;
import io.signalbox.mesh.routing.StickyKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DryRunTest {

    @Test
    void aCanaryTakesItsShare() {
        DryDecision decision = decide(get(), List.of(), ExplainerTest.canary(new Weight(30)));

        assertThat(shares(decision)).containsExactly("v1 70.0 [catalog-v1]", "v2 30.0 [catalog-v2]");
        assertThat(decision.cause()).isNull();
        assertThat(decision.revision()).isEqualTo(7);
    }

    @Test
    void aWeightedRuleLeavesTheRestToWhatFollows() {
        RoutingRule quarter = rule(RouteMatch.ANY, "v2", 25);
        RoutingRule posts = rule(methods("POST"), "v2", 100);
        DryDecision decision = decide(
                get(),
                List.of(posts, quarter),
                new Splitting.Weighted(Map.of("v1", new Weight(80), "v9", new Weight(20))));

        assertThat(shares(decision)).containsExactly("v1 60.0 [catalog-v1]", "v2 25.0 [catalog-v2]", "v9 15.0 []");
        assertThat(decision.rules())
                .extracting(RuleStep::verdict)
                .containsExactly(Verdict.NOT_MATCHED, Verdict.TAKES_SHARE);
        assertThat(decision.cause()).isNull();
    }

    @Test
    void aRuleThatTakesAllEndsTheSearch() {
        DryDecision decision = decide(
                get(),
                List.of(rule(methods("GET"), "v2", 100), rule(RouteMatch.ANY, "v1", 100)),
                new Splitting.Unsplit());

        assertThat(shares(decision)).containsExactly("v2 100.0 [catalog-v2]");
        assertThat(decision.rules()).extracting(RuleStep::verdict).containsExactly(Verdict.TOOK, Verdict.NOT_REACHED);
    }

    @Test
    void theSameUserGetsTheSameVersionForCertain() {
        Splitting test = new Splitting.AbTest("v1", "v2", "X-User", new Weight(50), new Weight(50));
        DryRequest mira = new DryRequest("GET", "http://catalog/items", Map.of("x-user", "mira"), null);

        assertThat(decide(mira, List.of(), test).versions()).hasSize(1);
        assertThat(decide(get(), List.of(), test).versions()).hasSize(2);
    }

    @Test
    void aRuleThatDividesGivesEachVersionItsShareOfWhatItTakes() {
        RoutingRule half = new RoutingRule(
                RouteMatch.ANY,
                new RuleTarget.Weighted(Map.of("v1", new Weight(20), "v2", new Weight(80))),
                new Weight(50),
                Optional.empty(),
                Optional.empty(),
                RouteEdits.NONE);
        DryDecision decision = decide(get(), List.of(half), new Splitting.Weighted(Map.of("v1", Weight.ALL)));

        assertThat(shares(decision))
                .containsExactly("v1 50.0 [catalog-v1]", "v2 40.0 [catalog-v2]", "v1 10.0 [catalog-v1]");
        assertThat(decision.versions())
                .extracting(chance -> chance.by() + " " + chance.rule())
                .containsExactly("WEIGHTED null", "RULE_SHARE 1", "RULE_SHARE 1");
    }

    @Test
    void whatARuleAnswersIsNoFailure() {
        RoutingRule moved = new RoutingRule(
                RouteMatch.ANY,
                new RuleTarget.Redirect(
                        308, Optional.empty(), new Rewrite(Optional.of("/new"), Optional.empty(), Optional.empty())),
                Weight.ALL,
                Optional.empty(),
                Optional.empty(),
                RouteEdits.NONE);
        DryDecision decision = decide(get(), List.of(moved), new Splitting.Unsplit());

        assertThat(decision.answers())
                .containsExactly(new DryDecision.AnswerChance(new RuleAnswer(1, 308, "/new"), 100));
        assertThat(decision.versions()).isEmpty();
        assertThat(decision.cause()).isNull();
        assertThat(decision.rules())
                .extracting(step -> step.action() + " " + step.to() + " " + step.verdict())
                .containsExactly("REDIRECT 308 TOOK");
    }

    @Test
    void aStableKeyDecidesForCertainAndWithoutOneChanceDoes() {
        Splitting halves = new Splitting.Weighted(Map.of("v1", new Weight(50), "v2", new Weight(50)));
        DryRequest mira = new DryRequest("GET", "http://catalog/", Map.of("cookie", "sid=mira"), null);
        DryDecision certain = decideSticky(mira, halves);
        DryDecision open = decideSticky(get(), halves);

        assertThat(certain.versions()).hasSize(1);
        assertThat(certain.versions().getFirst().by()).isEqualTo(VersionChoice.By.STICKY);
        assertThat(Objects.requireNonNull(certain.key()).value()).isEqualTo("(hidden)");
        assertThat(shares(open)).containsExactlyInAnyOrder("v1 50.0 [catalog-v1]", "v2 50.0 [catalog-v2]");
        assertThat(Objects.requireNonNull(open.key()).origin()).isEqualTo(StickyKey.Origin.NONE);
    }

    @Test
    void aRuleForASourceHoldsForItAlone() {
        RouteMatch ofCart = new RouteMatch(
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Set.of(),
                Map.of(),
                Set.of("cart"),
                Set.of());
        List<RoutingRule> rules = List.of(rule(ofCart, "v2", 100));
        DryDecision cart =
                decide(new DryRequest("GET", "http://catalog/", Map.of(), "cart"), rules, new Splitting.Unsplit());
        DryDecision anyone = decide(get(), rules, new Splitting.Unsplit());

        assertThat(shares(cart)).containsExactly("v2 100.0 [catalog-v2]");
        assertThat(anyone.rules())
                .extracting(RuleStep::firstFalse)
                .containsExactly(new FailedCondition("source", "cart", "unknown"));
    }

    @Test
    void faultsThatMayBefallItAreToldWithTheirShareAndWhatTheyDo() {
        DryDecision decision = decide(get(), """
            faults:
              - { name: late, share: 2.5, side: client, delay: { normal: { mean: 300ms, stdDev: 80ms } }, abort: { status: 429, retryAfter: 2s } }
              - { name: posts, match: { methods: [POST] }, reset: {} }
              - { name: others, match: { sources: [checkout] }, reset: {} }
              - { name: off, share: 0, reset: {} }
              - { name: items, match: { pathPrefix: /items }, reset: { afterBytes: 9 }, drip: { chunk: 10, every: 5ms }, bandwidth: { bytesPerSecond: 7 } }
            """);

        assertThat(decision.faults())
                .containsExactly(
                        new DryDecision.FaultChance(
                                "late",
                                null,
                                Fault.Side.CLIENT,
                                2.5,
                                List.of("holds it back 300ms ± 80ms", "answers 429, Retry-After 2s")),
                        new DryDecision.FaultChance(
                                "items",
                                null,
                                Fault.Side.SERVER,
                                100,
                                List.of(
                                        "resets the connection after 9 bytes of the answer's body",
                                        "lets the answer's body pass by 10 bytes each 5ms",
                                        "lets the answer's body pass at 7 bytes/s")));
        assertThat(decision.mirror()).isNull();
    }

    @Test
    void aFaultOfAVersionIsToldWhereRequestsMayGoToIt() {
        String faults = "faults: [ { name: worse, version: v2, share: 3, abort: {} } ]\n";

        assertThat(decide(get(), "split: { v1: 90, v2: 10 }\n" + faults).faults())
                .containsExactly(
                        new DryDecision.FaultChance("worse", "v2", Fault.Side.SERVER, 3, List.of("answers 503")));
        assertThat(decide(get(), faults).faults()).hasSize(1);
        assertThat(decide(get(), "rules: [ { to: v1 } ]\n" + faults).faults()).isEmpty();
    }

    @Test
    void aFieldIsAskedForOnce() {
        assertThatThrownBy(() -> new DryRequest("GET", "http://catalog/", Map.of("x-a", "1", "X-A", "2"), null))
                .hasMessageMatching("headers: [xX]-[aA] twice \\(expected: each field once\\)");
    }

    @Test
    void copiesAreToldWithTheirShare() {
        assertThat(decide(get(), "mirror: { version: v2, share: 10, diff: {} }\n")
                        .mirror())
                .isEqualTo(new DryDecision.MirrorChance("v2", 10, true));
        assertThat(decide(get(), "mirror: { service: next, methods: [POST] }\n").mirror())
                .isNull();
        assertThat(decide(get(), "mirror: { version: v2, share: 0 }\n").mirror())
                .isNull();
        assertThat(decide(get(), "mirror: { version: v2, match: { headers: { X-None: a } } }\n")
                        .mirror())
                .isNull();
        assertThat(decide(get(), "mirror: { version: v2, match: { pathPrefix: / } }\n")
                        .mirror())
                .isNotNull();
    }

    @Test
    void theLimitOfCallersIsTold() {
        String limit = "callerLimit: { requests: 100, per: 10s, burst: 20 }\n";

        assertThat(decide(get(), limit).callerLimit())
                .isEqualTo(new DryDecision.CallerRate(null, 100, Duration.ofSeconds(10), 20));
        assertThat(decide(get(), "timeout: 1s").callerLimit()).isNull();
        assertThat(decide(get(), "rules: [ { to: v9 } ]\n" + limit).callerLimit())
                .isNull();
    }

    @Test
    void whatIsNotSentMeetsNoFaultAndIsNotCopied() {
        DryDecision decision =
                decide(get(), "rules: [ { to: v9 } ]\nfaults: [ { abort: {} } ]\nmirror: { version: v2 }\n");

        assertThat(decision.cause()).isEqualTo(Cause.NO_ENDPOINTS);
        assertThat(decision.faults()).isEmpty();
        assertThat(decision.mirror()).isNull();
    }

    private static DryDecision decide(DryRequest request, String fields) {
        TrafficPolicy policy =
                PolicyFormat.read("apiVersion: signalbox.io/v1\nkind: TrafficPolicy\nservice: catalog\n" + fields);
        ServiceConfig config = ServiceConfig.starting(
                policy, ExplainerTest.config(List.of(), new Splitting.Unsplit()).endpoints());
        return DryRun.decide(request, new MeshConfig(7, Map.of("catalog", config)));
    }

    private static DryDecision decideSticky(DryRequest request, Splitting splitting) {
        ServiceConfig plain = ExplainerTest.config(List.of(), splitting);
        TrafficPolicy policy = plain.policy();
        ServiceConfig sticky = ServiceConfig.starting(
                new TrafficPolicy(
                        "catalog",
                        policy.timeout(),
                        policy.balancing(),
                        policy.circuitBreaker(),
                        policy.retry(),
                        List.of(),
                        splitting,
                        Optional.of(new Stickiness.ByCookie("sid", "/", Optional.empty())),
                        Protection.NONE),
                plain.endpoints());
        return DryRun.decide(request, new MeshConfig(7, Map.of("catalog", sticky)));
    }

    @Test
    void aVersionWithoutEndpointsIsNowhere() {
        DryDecision decision = decide(get(), List.of(rule(RouteMatch.ANY, "v9", 100)), new Splitting.Unsplit());

        assertThat(decision.cause()).isEqualTo(Cause.NO_ENDPOINTS);
    }

    @ParameterizedTest
    @CsvSource({"http://nobody/, nobody", "http://CATALOG.mesh:80/x, catalog", "https://catalog/x?y, catalog"})
    void theHostNamesTheService(String url, String service) {
        DryRequest request = new DryRequest("GET", url, Map.of(), null);

        assertThat(request.service()).isEqualTo(service);
        DryDecision decision = decide(request, List.of(), new Splitting.Unsplit());
        assertThat(decision.cause()).isEqualTo(service.equals("catalog") ? null : Cause.UNKNOWN_SERVICE);
    }

    @Test
    void aFieldMayNameTheService() {
        assertThat(new DryRequest("GET", "http://x/", Map.of("x-target-service", "Catalog"), null).service())
                .isEqualTo("catalog");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        get  | http://catalog/ | method: get (expected: a method in capitals, such as GET)
        GET  | catalog         | url: catalog (expected: http://SERVICE/PATH)
        GET  | ftp://catalog/  | url: ftp://catalog/ (expected: http://SERVICE/PATH)
        GET  | http://a b/     | url: http://a b/ (expected: http://SERVICE/PATH)
        """)
    void whatIsNoRequestIsRefused(String method, String url, String message) {
        assertThatThrownBy(() -> new DryRequest(method, url, Map.of(), null))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage(message);
    }

    private static DryRequest get() {
        return new DryRequest("GET", "http://catalog/items", Map.of(), null);
    }

    private static DryDecision decide(DryRequest request, List<RoutingRule> rules, Splitting splitting) {
        return DryRun.decide(request, new MeshConfig(7, Map.of("catalog", ExplainerTest.config(rules, splitting))));
    }

    private static List<String> shares(DryDecision decision) {
        return decision.versions().stream()
                .map(chance -> chance.version() + " " + chance.percent() + " " + chance.endpoints())
                .toList();
    }

    private static RoutingRule rule(RouteMatch match, String version, int weight) {
        return new RoutingRule(match, version, new Weight(weight), Optional.empty(), Optional.empty());
    }

    private static RouteMatch methods(String method) {
        return new RouteMatch(Map.of(), Optional.empty(), Optional.empty(), Set.of(method));
    }
}
