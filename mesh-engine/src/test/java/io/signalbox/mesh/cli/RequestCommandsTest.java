package io.signalbox.mesh.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.balance.PickedFor;
import io.signalbox.mesh.explain.AttemptEnd;
import io.signalbox.mesh.explain.AttemptStep;
import io.signalbox.mesh.explain.Candidate;
import io.signalbox.mesh.explain.DryDecision;
import io.signalbox.mesh.explain.ExplainedRequest;
import io.signalbox.mesh.explain.Kept;
import io.signalbox.mesh.explain.Limits;
import io.signalbox.mesh.explain.Pool;
import io.signalbox.mesh.explain.RequestLine;
import io.signalbox.mesh.explain.RetryStep;
import io.signalbox.mesh.explain.RuleAnswer;
import io.signalbox.mesh.explain.RuleStep;
import io.signalbox.mesh.explain.VersionChoice;
import io.signalbox.mesh.mirror.FieldDifference;
import io.signalbox.mesh.mirror.MirrorStatus;
import io.signalbox.mesh.model.AccessDecision;
import io.signalbox.mesh.model.AnsweredBy;
import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.Cause;
import io.signalbox.mesh.model.Fault;
import io.signalbox.mesh.resilience.RetryVerdict;
import io.signalbox.mesh.routing.FailedCondition;
import io.signalbox.mesh.routing.StickyKey;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RequestCommandsTest {

    private static final String CLOCK = Words.clock(Fixtures.NOON);
    private static final Limits LIMITS =
            new Limits(Duration.ofSeconds(5), 2, null, "round-robin", Duration.ofSeconds(1));

    private final Terminal terminal = new Terminal();

    @Test
    void aTapWritesALineForEachRequest() throws Exception {
        CompletableFuture<Integer> status = tap(
                "tap",
                "catalog",
                "--status",
                "5xx",
                "--min-duration",
                "1ms",
                "--cause",
                "breaker-open",
                "--path",
                "/items");
        terminal.mesh.requests.taps.forEach(tap -> {
            tap.request(line());
            tap.dropped(7);
            tap.untold(3);
            tap.leftOut(40);
            tap.disconnected("the connection broke");
        });
        command.interrupt();

        assertThat(status.get(10, TimeUnit.SECONDS)).isEqualTo(130);
        assertThat(terminal.lines())
                .containsExactly(CLOCK
                        + "  503  12 ms  shop -> catalog (catalog-2, v2)  GET /items  breaker-open  2 attempts  r-7");
        assertThat(terminal.errors())
                .containsExactly(
                        "signalbox: 7 requests were passed over: this end reads too slowly",
                        "signalbox: 3 requests were not told: too many came at once at their sidecars, or nobody"
                                + " heard them",
                        "signalbox: 40 requests were left out: more than 1000 came in a second; a filter shows all"
                                + " that it takes",
                        "signalbox: not connected: the connection broke");
        assertThat(terminal.mesh.asked)
                .containsExactly("tap RequestFilter[service=catalog, statuses=5xx, minDuration=PT0.001S,"
                        + " cause=BREAKER_OPEN, pathPrefix=/items]");
        assertThat(terminal.mesh.requests.taps).isEmpty();
    }

    @Test
    void aTapForProgramsWritesAnObjectALine() throws Exception {
        CompletableFuture<Integer> status = tap("tap", "-o", "json");
        terminal.mesh.requests.taps.forEach(tap -> tap.request(line()));
        command.interrupt();

        assertThat(status.get(10, TimeUnit.SECONDS)).isEqualTo(130);
        assertThat(terminal.lines()).hasSize(1);
        assertThat(terminal.out()).startsWith("{\"id\":\"r-7\"").contains("\"cause\":\"breaker-open\"");
    }

    @Test
    void wrongFiltersAreRefusedBeforeAnythingIsAsked() {
        assertThat(terminal.run("tap", "--status", "9xx")).isEqualTo(ExitStatus.USAGE);
        assertThat(terminal.run("tap", "--cause", "bad-luck")).isEqualTo(ExitStatus.USAGE);
        assertThat(terminal.run("tap", "-o", "table")).isEqualTo(ExitStatus.USAGE);
        assertThat(terminal.errors().getFirst())
                .isEqualTo("signalbox: status: 9xx (expected: a status such as 503, or a class such as 5xx)");
        assertThat(terminal.mesh.asked).isEmpty();
    }

    @Test
    void aMirrorIsTold() {
        terminal.mesh.requests.mirror = new MirrorStatus(
                "catalog",
                "v2",
                120,
                80,
                12,
                3_000_000,
                4_000_000,
                List.of(
                        new FieldDifference("body /price", 30, 0, false, "10", "11"),
                        new FieldDifference("body /id", 40, 9, true, "7", "8")),
                3);

        assertThat(terminal.run("mirror", "catalog")).isZero();
        assertThat(terminal.mesh.asked).containsExactly("mirror catalog");
        assertThat(terminal.out()).isEqualTo("""
            catalog -> v2: 120 answers compared, 80 alike; 12 compared with a second primary
            to the head in 4.0 ms, callers in 3.0 ms (means)
            FIELD        DIFFERING  AMONG PRIMARIES  IS         CALLERS GOT  MIRROR SAID
            body /price         30                0  different  10           11
            body /id            40                9  noise      7            8
            and 3 differences in further fields
            """);
    }

    @Test
    void whatAnswersHoldDoesNotSteerTheTerminal() {
        terminal.mesh.requests.mirror = new MirrorStatus(
                "catalog",
                "v2",
                1,
                0,
                0,
                0,
                0,
                List.of(new FieldDifference(
                        "body /a\u009b2J", 1, 0, false, "\u001b[2J\u001b]0;own\u0007ed", "one\n\u202etwo")),
                0);

        assertThat(terminal.run("mirror", "catalog")).isZero();
        assertThat(terminal.out())
                .contains("body /a 2J")
                .contains(" [2J ]0;own ed")
                .contains("one two");
    }

    @Test
    void aRequestIsTold() {
        terminal.mesh.requests.hops = List.of(explained(0), explained(1));

        assertThat(terminal.run("explain", "r-7")).isZero();
        assertThat(terminal.mesh.asked).containsExactly("explain r-7");
        assertThat(terminal.out()).startsWith("""
            shop -> catalog  GET /items
              result      503 by the mesh: breaker-open, after 12 ms
              request     r-7 at %s, from shop-1
              trace       0af7651916cd43dd8448eb211c80319c
              decided by  policy rev 3, in revision 41 of the configuration
              rule        1 to v1: does not match; header x-user is absent (expected: premium)
              rule        2 to v2 (30 %% of what matches): matches and takes it
              version     v2 by rule
              key         header x-user is mira, hash 00000000000000ff
              limits      timeout 5s, 2 attempts, balanced by round-robin; slow from 1s on
              refused by  catalog-2 (v2, 0 in flight) left out: circuit open (5 failures in a row)
              attempt 1   catalog-2, v2, circuit closed: answered 503 after 3.0 ms, begun at 1.0 ms
                          chosen of catalog-2 (v2, 3 in flight, cost 1.5 ms) and 1 more
                          picked for the lesser cost of two that were drawn
                          tried again after 2.0 ms; the budget has 9 left
              attempt 2   catalog-2, v2, circuit closed: reset (upstream-reset) after 3.0 ms, begun at 6.0 ms
                          chosen of catalog-2 (v2, 3 in flight, cost 1.5 ms) and 1 more
                          picked for the lesser cost of two that were drawn
                          befallen by cut, slow: faults of the policy
                          not tried again: all attempts were used up; the budget has 8 left
              kept        because it failed

                shop -> catalog  GET /items
            """.formatted(CLOCK));
    }

    @Test
    void aRequestThatARuleAnsweredIsTold() {
        terminal.mesh.requests.hops = List.of(new ExplainedRequest(
                line(),
                0,
                ExplainedRequest.Certainty.REPLAYED,
                List.of(new RuleStep(1, RuleStep.Action.REDIRECT, "308", 100, RuleStep.Verdict.TOOK, null)),
                null,
                new RuleAnswer(1, 308, "/new/x"),
                new StickyKey("cookie sid", StickyKey.Origin.TRAVELLED, null, "00000000000000ff"),
                null,
                List.of(),
                List.of()));

        assertThat(terminal.run("explain", "r-7")).isZero();
        assertThat(terminal.lines())
                .contains(
                        "  rule        1, redirect 308: matches and takes it",
                        "  answered    by rule 1: 308 to /new/x",
                        "  key         cookie sid came with the trace, hash 00000000000000ff");
    }

    @Test
    void aRequestThatWasRefusedWhereItArrivedIsTold() {
        RequestLine refused = new RequestLine(
                "r-7",
                "0af7651916cd43dd8448eb211c80319c",
                Fixtures.NOON,
                "unproven",
                "",
                "GET",
                "catalog",
                "/items",
                "catalog",
                null,
                "catalog-2",
                0,
                429,
                AnsweredBy.MESH,
                Cause.RATE_LIMITED,
                12_000_000,
                41,
                3L,
                Kept.FAILED,
                null);
        terminal.mesh.requests.hops = List.of(new ExplainedRequest(
                refused,
                0,
                ExplainedRequest.Certainty.REPLAYED,
                List.of(),
                null,
                null,
                null,
                null,
                List.of(),
                List.of()));

        assertThat(terminal.run("explain", "r-7")).isZero();
        assertThat(terminal.out())
                .contains("unproven -> catalog  GET /items", "policy rev 3, in revision 41")
                .contains(", refused where it arrived, by the sidecar of catalog-2");
    }

    @Test
    void aRequestIsReadByPrograms() {
        terminal.mesh.requests.hops = List.of(explained(0));

        assertThat(terminal.run("explain", "r-7", "-o", "json")).isZero();
        assertThat(terminal.out()).startsWith("[ {").contains("\"certainty\" : \"replayed\"");
    }

    @Test
    void aRequestThatNobodySendsIsTold() {
        terminal.mesh.requests.dry = new DryDecision(
                "catalog",
                41,
                3L,
                "shop",
                null,
                List.of(new RuleStep(1, RuleStep.Action.SEND, "v2", 25, RuleStep.Verdict.TAKES_SHARE, null)),
                new StickyKey("cookie sid", StickyKey.Origin.NONE, null, null),
                List.of(
                        new DryDecision.VersionChance(
                                VersionChoice.By.CANARY, null, "v1", 67.5, List.of("catalog-1"), LIMITS),
                        new DryDecision.VersionChance(VersionChoice.By.RULE, 1, "v2", 25, List.of(), LIMITS)),
                List.of(new DryDecision.AnswerChance(new RuleAnswer(2, 308, "/new"), 7.5)),
                List.of(
                        new DryDecision.FaultChance(
                                "slow", "v2", Fault.Side.CLIENT, 2.5, List.of("holds it back 1s", "answers 503")),
                        new DryDecision.FaultChance(
                                "cut", null, Fault.Side.SERVER, 100, List.of("resets the connection"))),
                new DryDecision.MirrorChance("v3", 10, true),
                new DryDecision.CallerRate(
                        "spiffe://corner-shop.signalbox/service/shop", 100, Duration.ofSeconds(10), 20),
                new DryDecision.AccessAnswer(AccessDecision.WOULD_DENY, "shop", "no-shops"),
                List.of(new DryDecision.OpenCircuit(
                        "shop-1", "catalog-1", BreakerState.OPEN, "5 failures in a row", "3 failures in a row")));

        assertThat(terminal.run("explain", "get", "http://catalog/items", "-H", "x-user: mira", "--source", "shop"))
                .isZero();
        assertThat(terminal.mesh.asked)
                .containsExactly("explain DryRequest[method=GET, url=http://catalog/items, headers={x-user=mira},"
                        + " source=shop]");
        assertThat(terminal.out()).isEqualTo("""
            shop -> catalog, by policy rev 3, in revision 41 of the configuration; nothing was sent
              rule 1 to v2 (25 % of what matches): matches and takes its share
              key: cookie sid is absent: every draw is by chance, until the caller has one
              7.50 % get the answer 308 to /new by rule 2
              67.50 % go to v1 by the canary; catalog-1; timeout 5s
              25 % go to v2 by rule 1; no endpoint: 503 by the mesh, no-endpoints; timeout 5s
              fault slow befalls 2.50 % of the attempts at v2, at the caller: holds it back 1s, then answers 503
              fault cut befalls 100 % of what arrives, at the service: resets the connection
              copies of 10 % go to v3, whose answers are compared
              catalog would deny it to shop by authorization rule no-shops, but for the dry run
              each instance takes 100 in 10s, 20 at once, of spiffe://corner-shop.signalbox/service/shop
              circuit shop-1 -> catalog-1 is open (5 failures in a row); the endpoint is ejected (3 failures in a row)
            """);
    }

    @Test
    void wrongQuestionsAreRefused() {
        assertThat(terminal.run("explain", "r-7", "-H", "a: b")).isEqualTo(ExitStatus.USAGE);
        assertThat(terminal.run("explain", "GET", "catalog")).isEqualTo(ExitStatus.USAGE);
        assertThat(terminal.run("explain", "GET", "http://catalog/", "-H", "x-a: 1", "-H", "X-A: 2"))
                .isEqualTo(ExitStatus.USAGE);
        assertThat(terminal.run("explain", "GET", "http://catalog/", "-H", "nothing"))
                .isEqualTo(ExitStatus.USAGE);
        assertThat(terminal.run("explain")).isEqualTo(ExitStatus.USAGE);
        assertThat(terminal.errors())
                .contains(
                        "signalbox: url: none (expected: METHOD URL with -H or --source)",
                        "signalbox: url: catalog (expected: http://SERVICE/PATH)",
                        "signalbox: -H: X-A: 2 (expected: each field once)",
                        "signalbox: -H: nothing (expected: 'NAME: VALUE')");
    }

    private Thread command = Thread.currentThread();

    private CompletableFuture<Integer> tap(String... arguments) throws InterruptedException {
        CompletableFuture<Integer> status = new CompletableFuture<>();
        command = Thread.ofPlatform().daemon().start(() -> status.complete(terminal.run(arguments)));
        assertThat(terminal.mesh.requests.tapped.await(10, TimeUnit.SECONDS)).isTrue();
        return status;
    }

    private static RequestLine line() {
        return new RequestLine(
                "r-7",
                "0af7651916cd43dd8448eb211c80319c",
                Fixtures.NOON,
                "shop",
                "shop-1",
                "GET",
                "catalog",
                "/items",
                "catalog",
                "v2",
                "catalog-2",
                2,
                503,
                AnsweredBy.MESH,
                Cause.BREAKER_OPEN,
                12_000_000,
                41,
                3L,
                Kept.FAILED,
                null);
    }

    private static ExplainedRequest explained(int depth) {
        return new ExplainedRequest(
                line(),
                depth,
                ExplainedRequest.Certainty.REPLAYED,
                List.of(
                        new RuleStep(
                                1,
                                RuleStep.Action.SEND,
                                "v1",
                                100,
                                RuleStep.Verdict.NOT_MATCHED,
                                new FailedCondition("header x-user", "premium", "absent")),
                        new RuleStep(2, RuleStep.Action.SEND, "v2", 30, RuleStep.Verdict.TOOK, null)),
                new VersionChoice(VersionChoice.By.RULE, "v2", null),
                null,
                new StickyKey("header x-user", StickyKey.Origin.REQUEST, "mira", "00000000000000ff"),
                LIMITS,
                List.of(
                        attempt(1, 1, AttemptEnd.ANSWERED, 503, null, new RetryStep(2_000_000L, null, 9)),
                        attempt(
                                2,
                                6,
                                AttemptEnd.RESET,
                                null,
                                Cause.UPSTREAM_RESET,
                                new RetryStep(null, RetryVerdict.Reason.ATTEMPTS_USED_UP, 8))),
                List.of(new Candidate(
                        "catalog-2",
                        "v2",
                        BreakerState.OPEN,
                        0,
                        null,
                        Candidate.LeftOut.CIRCUIT_OPEN,
                        "5 failures in a row")));
    }

    private static AttemptStep attempt(
            int number,
            long startMillis,
            AttemptEnd end,
            @Nullable Integer status,
            @Nullable Cause cause,
            RetryStep retry) {
        return new AttemptStep(
                number,
                "catalog-2",
                "v2",
                BreakerState.CLOSED,
                Pool.USABLE,
                PickedFor.LEAST_COST,
                startMillis * 1_000_000,
                3_000_000,
                end,
                status,
                cause,
                retry,
                List.of(new Candidate("catalog-2", "v2", BreakerState.CLOSED, 3, 1_500_000.0, null, null)),
                2,
                cause == null ? List.of() : List.of("cut", "slow"));
    }
}
