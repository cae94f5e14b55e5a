package io.signalbox.mesh.routing;

import static io.signalbox.mesh.routing.TestMesh.UNSPLIT;
import static io.signalbox.mesh.routing.TestMesh.endpoints;
import static io.signalbox.mesh.routing.TestMesh.header;
import static io.signalbox.mesh.routing.TestMesh.methods;
import static io.signalbox.mesh.routing.TestMesh.path;
import static io.signalbox.mesh.routing.TestMesh.prefix;
import static io.signalbox.mesh.routing.TestMesh.rule;
import static io.signalbox.mesh.routing.TestMesh.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.model.MeshConfig;
import io.signalbox.mesh.model.RequestHead;
import io.signalbox.mesh.model.RetryCondition;
import io.signalbox.mesh.model.RetryPolicy;
import io.signalbox.mesh.model.RouteMatch;
import io.signalbox.mesh.model.RoutingRule;
import io.signalbox.mesh.model.TrafficPolicy;
import io.signalbox.mesh.model.Weight;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteTableTest {

    private final SplittableRandom random = new SplittableRandom(41);

    @Test
    void anUnknownServiceIsNamed() {
        assertThat(RouteTable.EMPTY.decide("nowhere", TestRequest.get("/"), random))
                .isEqualTo(new RouteDecision.UnknownService("nowhere"));
    }

    @Test
    void aLaterRevisionIsFollowedForServicesThatChangedCameAndWent() {
        RouteTable before = RouteTable.of(new MeshConfig(
                1, Map.of("catalog", TestMesh.unsplit("catalog", "v1"), "stock", TestMesh.unsplit("stock", "v1"))));
        RouteDecision.Routed kept = routed("catalog", before);
        assertThat(routed("stock", before).endpoints()).isEqualTo(endpoints("v1"));

        RouteTable after = before.under(new MeshConfig(
                2,
                Map.of(
                        "catalog",
                        kept.config(),
                        "cart",
                        TestMesh.unsplit("cart", "v2"),
                        "stock",
                        TestMesh.unsplit("stock", "v3"))));

        assertThat(after.revision()).isEqualTo(2);
        assertThat(routed("catalog", after).endpoints()).isSameAs(kept.endpoints());
        assertThat(routed("stock", after).endpoints()).isEqualTo(endpoints("v3"));
        assertThat(routed("cart", after).endpoints()).isEqualTo(endpoints("v2"));
        assertThat(after.under(MeshConfig.EMPTY).decide("catalog", TestRequest.get("/"), random))
                .isEqualTo(new RouteDecision.UnknownService("catalog"));
        assertThat(routed("stock", before).endpoints()).isEqualTo(endpoints("v1"));
    }

    private RouteDecision.Routed routed(String service, RouteTable table) {
        return (RouteDecision.Routed) table.decide(service, TestRequest.get("/"), random);
    }

    @Test
    void aStreamPassesByEveryRuleThatLooksAtARequest() {
        RouteTable table = table(
                UNSPLIT,
                rule(header("X-User-Type", "premium"), "v1"),
                rule(path("/"), "v1"),
                rule(prefix("/"), "v1"),
                rule(methods("GET"), "v1"),
                rule(RouteMatch.ANY, "v2"));

        assertThat(((RouteDecision.Routed) table.decideStream("catalog", random)).reason())
                .isEqualTo(new RouteReason.ByRule(4));
        assertThat(table.decideStream("nowhere", random)).isEqualTo(new RouteDecision.UnknownService("nowhere"));
    }

    @Test
    void aStreamDrawsTheLotOfAnAbTestAtRandom() {
        RouteTable table = table(TestMesh.abTest(100));

        assertThat((RouteDecision.Routed) table.decideStream("catalog", random))
                .satisfies(routed -> assertThat(routed.version()).isEqualTo("v2"))
                .satisfies(routed -> assertThat(routed.reason())
                        .isInstanceOfSatisfying(
                                RouteReason.BySplit.class,
                                split -> assertThat(split.kind()).isEqualTo(RouteReason.SplitKind.AB_RANDOM)));
    }

    @Test
    void withoutRulesAndSplitEveryEndpointMayServe() {
        RouteDecision.Routed routed = routed(table(UNSPLIT), TestRequest.get("/"));

        assertThat(routed.version()).isNull();
        assertThat(routed.endpoints()).isEqualTo(endpoints("v1", "v2", "v3"));
        assertThat(routed.reason()).isEqualTo(new RouteReason.Unsplit());
        assertThat(routed.timeout()).isEqualTo(TrafficPolicy.DEFAULT_TIMEOUT);
        assertThat(routed.retry()).isEqualTo(RetryPolicy.OFF);
        assertThat(routed.policy()).isSameAs(routed.config().policy());
    }

    @Test
    void aRuleSendsWhatMatchesToTheEndpointsOfItsVersion() {
        RouteTable table = table(UNSPLIT, rule(header("X-User-Type", "premium"), "v2"));
        RouteDecision.Routed premium = routed(table, TestRequest.get("/").with("X-User-Type", "premium"));

        assertThat(premium.version()).isEqualTo("v2");
        assertThat(premium.endpoints()).isEqualTo(endpoints("v1", "v2").subList(2, 4));
        assertThat(premium.reason()).isEqualTo(new RouteReason.ByRule(0));
        assertThat(routed(table, TestRequest.get("/")).reason()).isEqualTo(new RouteReason.Unsplit());
    }

    @Test
    void headerNamesMatchInAnyCaseAndValuesExactly() {
        RouteTable table = table(UNSPLIT, rule(header("X-User-Type", "premium"), "v2"));

        assertThat(version(table, TestRequest.get("/").with("x-USER-type", "premium")))
                .isEqualTo("v2");
        assertThat(version(table, TestRequest.get("/").with("X-User-Type", "Premium")))
                .isNull();
        assertThat(version(table, TestRequest.get("/").with("X-User-Type", "premium2")))
                .isNull();
    }

    @Test
    void anyValueOfARepeatedHeaderMayMatch() {
        RouteTable table = table(UNSPLIT, rule(header("X-Group", "beta"), "v2"));

        assertThat(version(table, TestRequest.get("/").with("X-Group", "alpha").with("x-group", "beta")))
                .isEqualTo("v2");
    }

    @Test
    void everyConditionOfARuleMustHold() {
        RouteMatch all =
                new RouteMatch(Map.of("A", "1", "B", "2"), Optional.empty(), Optional.of("/v1"), Set.of("GET", "HEAD"));
        RouteTable table = table(UNSPLIT, rule(all, "v2"));
        TestRequest good = TestRequest.get("/v1/x").with("A", "1").with("B", "2");

        assertThat(version(table, good)).isEqualTo("v2");
        assertThat(version(table, good.method("HEAD"))).isEqualTo("v2");
        assertThat(version(table, good.method("POST"))).isNull();
        assertThat(version(table, TestRequest.get("/v1/x").with("A", "1"))).isNull();
        assertThat(version(table, TestRequest.get("/v2/x").with("A", "1").with("B", "2")))
                .isNull();
    }

    @Test
    void theFirstRuleThatMatchesWinsAndRulesComeBeforeTheSplit() {
        RouteTable table = table(
                TestMesh.canary(100), rule(methods("POST"), "v3"), rule(prefix("/"), "v1"), rule(path("/"), "v3"));

        assertThat(routed(table, TestRequest.get("/").method("POST")).reason()).isEqualTo(new RouteReason.ByRule(0));
        assertThat(routed(table, TestRequest.get("/")).reason()).isEqualTo(new RouteReason.ByRule(1));
    }

    @Test
    void aRulesOwnTimeoutAndRetriesReplaceThePolicys() {
        RetryPolicy retry = new RetryPolicy(
                2,
                Optional.empty(),
                Set.of(RetryCondition.RESET),
                RetryPolicy.Backoff.DEFAULT,
                RetryPolicy.Budget.DEFAULT,
                RetryPolicy.Methods.ANY);
        RoutingRule own = new RoutingRule(
                path("/slow"), "v1", Weight.ALL, Optional.of(Duration.ofMinutes(1)), Optional.of(retry));
        RouteTable table = table(UNSPLIT, own, rule(path("/fast"), "v1"));

        assertThat(routed(table, TestRequest.get("/slow")).timeout()).isEqualTo(Duration.ofMinutes(1));
        assertThat(routed(table, TestRequest.get("/slow")).retry()).isEqualTo(retry);
        assertThat(routed(table, TestRequest.get("/fast")).timeout()).isEqualTo(TrafficPolicy.DEFAULT_TIMEOUT);
        assertThat(routed(table, TestRequest.get("/fast")).retry()).isEqualTo(RetryPolicy.OFF);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        # the rule's weight, its share of 20,000 requests at least, at most
        0, 0, 0
        25, 4750, 5250
        100, 20000, 20000
        """)
    void aRuleTakesItsWeightAndLeavesTheRestToTheNext(int weight, int atLeast, int atMost) {
        RoutingRule partial = new RoutingRule(path("/x"), "v2", new Weight(weight), Optional.empty(), Optional.empty());
        RouteTable table = table(UNSPLIT, partial, rule(path("/x"), "v3"));
        int taken = 0;
        for (int i = 0; i < 20_000; i++) {
            RouteReason reason = routed(table, TestRequest.get("/x")).reason();
            taken += reason.equals(new RouteReason.ByRule(0)) ? 1 : 0;
            assertThat(reason).isInstanceOf(RouteReason.ByRule.class);
        }

        assertThat(taken).isBetween(atLeast, atMost);
    }

    @Test
    void aVersionWithoutEndpointsKeepsItsRequestsAndFindsNone() {
        RouteTable table = table(UNSPLIT, rule(path("/x"), "v9"));

        assertThat(routed(table, TestRequest.get("/x")).version()).isEqualTo("v9");
        assertThat(routed(table, TestRequest.get("/x")).endpoints()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        # prefix, path, matches
        /v1,   /v1,          true
        /v1,   /v1/,         true
        /v1,   /v1/x,        true
        /v1,   /v10,         false
        /v1,   /v1x/y,       false
        /v1,   /V1,          false
        /v1,   /,            false
        /v1/,  /v1,          true
        /v1/,  /v1/x,        true
        /v1/,  /v10,         false
        /,     /,            true
        /,     /anything,    true
        /a/b,  /a/b/c,       true
        /a/b,  /a,           false
        /admin, /x/../admin,        true
        /admin, /x/%2e%2E/admin/y,  true
        /admin, //admin,            true
        /admin, /%61dmin,           true
        /admin, /./admin,           true
        /admin, /../../admin,       true
        /admin, /admin/../x,        false
        /public, /public/../admin,  false
        /public, /public/%2e%2e/admin, false
        /public, /public/..,        false
        /public, /public/%252e%252e/x, true
        /a,    /a%2Fb,       false
        /a%2fb, /a%2Fb/c,    true
        """)
    void aPrefixMatchesWholeSegmentsHoweverThePathIsWritten(String prefix, String path, boolean matches) {
        RouteTable table = table(UNSPLIT, rule(prefix(prefix), "v2"));

        assertThat("v2".equals(version(table, TestRequest.get(path)))).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        /items, /items, true
        /items, /items/, false
        /items, /items/1, false
        /items, /Items, false
        /items, //items, true
        /items, /a/%2e./items, true
        /items, /%69tems, true
        /items, /items%2F, false
        /a//b,  /a/b, true
        /a/./b, /a/b, true
        """)
    void anExactPathIsExactHoweverItIsWritten(String rule, String path, boolean matches) {
        RouteTable table = table(UNSPLIT, rule(path(rule), "v2"));

        assertThat("v2".equals(version(table, TestRequest.get(path)))).isEqualTo(matches);
    }

    @Test
    void theTableKnowsItsRevisionAndServices() {
        RouteTable table = table(UNSPLIT);

        assertThat(table.revision()).isEqualTo(7);
        assertThat(table.service("catalog")).isPresent();
        assertThat(table.service("nowhere")).isEmpty();
    }

    private @Nullable String version(RouteTable table, RequestHead head) {
        return routed(table, head).version();
    }

    private RouteDecision.Routed routed(RouteTable table, RequestHead head) {
        return (RouteDecision.Routed) table.decide("catalog", head, random);
    }
}
