package io.signalbox.mesh.controlplane;

import static io.signalbox.mesh.controlplane.TestMesh.NOTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.mesh.canary.rollout.ScriptedJudge;
import io.signalbox.mesh.client.RolloutRequest;
import io.signalbox.mesh.config.PolicyFormat;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.model.Splitting;
import io.signalbox.mesh.model.status.RolloutCause;
import io.signalbox.mesh.model.status.RolloutPhase;
import io.signalbox.mesh.model.status.RolloutStatus;
import io.signalbox.mesh.model.status.WebhookStatus;
import io.signalbox.mesh.store.KeyRange;
import io.signalbox.mesh.store.Transaction;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Webhooks before, after and at the end of steps, whose answers a test gives. */
class RolloutWebhooksTest {

    private static final Duration LOOK = Duration.ofSeconds(1);

    private final RolloutRig rig = new RolloutRig();

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void noShareIsPutInForceBeforeTheWebhookAgrees() {
        start("{name: ready, url: 'http://ci/hook', when: before-step}");

        rig.pass(LOOK);

        assertThat(rig.weight()).isZero();
        assertThat(rig.webhooks.newest().body())
                .contains("\"webhook\":\"ready\"", "\"when\":\"before-step\"", "\"service\":\"catalog\"")
                .contains("\"rollout\":1", "\"stable\":\"v1\"", "\"candidate\":\"v2\"", "\"weight\":0", "\"next\":10")
                .contains("\"attempt\":1", "\"reason\":\"to see\"");
        rig.webhooks.agree();
        rig.pass(LOOK);
        assertThat(rig.weight()).isEqualTo(10);
        assertThat(rig.mesh.controlPlane.audit().newestFirst(Long.MAX_VALUE, 1))
                .singleElement()
                .satisfies(entry -> assertThat(entry.reason())
                        .isEqualTo("rollout 1, step 1 of 2: to see; webhook ready answered 200 in 3 ms"));
    }

    @Test
    void afterAStepAndBeforeTheNextTheyAreAskedOneAfterTheOther() {
        start("""
            {name: next, url: 'http://ci/next', when: before-step}
            {name: report, url: 'http://ci/report', when: after-step}\
            """);
        agreeTo("next");
        rig.judge.say(ScriptedJudge.ADVANCE);
        rig.pass(Duration.ofSeconds(71));

        assertThat(rig.webhooks.newest().webhook().name()).isEqualTo("report");
        assertThat(rig.weight()).isEqualTo(10);
        agreeTo("report");
        rig.pass(LOOK);
        assertThat(rig.weight()).isEqualTo(10);
        agreeTo("next");
        assertThat(rig.weight()).isEqualTo(100);
    }

    @Test
    void oneThatDoesNotAgreeHoldsTheRolloutAndIsAskedAgainUntilItDoes() {
        start("{name: ready, url: 'http://ci/hook', when: before-step, retries: 1}");
        rig.pass(LOOK);
        String id = rig.webhooks.newest().id();
        rig.webhooks.fail();
        rig.pass(Duration.ofSeconds(3));
        rig.webhooks.fail();
        rig.pass(LOOK);

        RolloutStatus held = rig.status();
        assertThat(held.phase()).isEqualTo(RolloutPhase.RUNNING);
        assertThat(held.cause()).isEqualTo(RolloutCause.WEBHOOK);
        assertThat(held.why()).startsWith("ready answered 503 in 3 ms; asked 2 times, again at ");
        assertThat(held.webhooks()).singleElement().satisfies(webhook -> {
            assertThat(webhook.state()).isEqualTo(WebhookStatus.State.OPEN);
            assertThat(webhook.asked()).isEqualTo(2);
        });
        rig.pass(Duration.ofSeconds(31));
        assertThat(rig.webhooks.letters).hasSize(3);
        assertThat(rig.webhooks.newest().id()).isEqualTo(id);
        assertThat(rig.webhooks.newest().body()).contains("\"attempt\":3");
        rig.webhooks.agree();
        rig.pass(LOOK);
        assertThat(rig.weight()).isEqualTo(10);
    }

    @Test
    void oneThatMayRollBackDoesSoWithItsReason() {
        start("{name: smoke, url: 'http://ci/hook', when: after-step, retries: 0, onFailure: roll-back}");
        rig.judge.say(ScriptedJudge.ADVANCE);
        rig.pass(Duration.ofSeconds(71));
        rig.webhooks.fail();
        rig.pass(LOOK);

        assertThat(rig.phase()).isEqualTo(RolloutPhase.ROLLED_BACK);
        assertThat(rig.status().why()).isEqualTo("webhook smoke answered 503 in 3 ms");
        assertThat(rig.weight()).isZero();
    }

    @Test
    void anAdvisoryOneThatFailsIsNotedAndPassed() {
        start("{name: chat, url: 'http://ci/hook', when: before-step, retries: 0, onFailure: ignore}");
        rig.pass(LOOK);
        rig.webhooks.fail();
        rig.pass(LOOK);

        assertThat(rig.weight()).isEqualTo(10);
        assertThat(rig.mesh
                        .controlPlane
                        .audit()
                        .newestFirst(Long.MAX_VALUE, 1)
                        .getFirst()
                        .reason())
                .endsWith("webhook chat answered 503 in 3 ms, which is ignored");
    }

    @Test
    void aCandidateThatTurnsBadIsRolledBackWhileAWebhookIsWaitedFor() {
        start("{name: report, url: 'http://ci/hook', when: after-step}");
        rig.judge.say(ScriptedJudge.ADVANCE);
        rig.pass(Duration.ofSeconds(71));
        assertThat(rig.status().cause()).isEqualTo(RolloutCause.WEBHOOK);

        rig.judge.say(ScriptedJudge.ROLL_BACK);
        rig.pass(Duration.ofSeconds(11));

        assertThat(rig.phase()).isEqualTo(RolloutPhase.ROLLED_BACK);
    }

    @Test
    void anAnswerTakesNoStepOfACandidateThatTurnedBadMeanwhile() {
        start("{name: report, url: 'http://ci/hook', when: after-step}");
        rig.judge.say(ScriptedJudge.ADVANCE);
        rig.pass(Duration.ofSeconds(71));

        rig.judge.say(ScriptedJudge.ROLL_BACK);
        rig.webhooks.agree();
        rig.pass(LOOK);

        assertThat(rig.phase()).isEqualTo(RolloutPhase.ROLLED_BACK);
        assertThat(rig.status().why()).isEqualTo(ScriptedJudge.ROLL_BACK.why());
        assertThat(rig.weight()).isZero();
    }

    @Test
    void aStepIsNotTakenOnceTheVerdictThatLedToTheQuestionNoLongerHolds() {
        start("{name: report, url: 'http://ci/hook', when: after-step}");
        rig.judge.say(ScriptedJudge.ADVANCE);
        rig.pass(Duration.ofSeconds(71));

        rig.judge.say(ScriptedJudge.NOT_ENOUGH);
        rig.webhooks.agree();
        rig.pass(Duration.ofSeconds(30));
        assertThat(rig.weight()).isEqualTo(10);
        assertThat(rig.status().cause()).isEqualTo(RolloutCause.VERDICT);

        rig.judge.say(ScriptedJudge.ADVANCE);
        rig.pass(Duration.ofSeconds(11));
        assertThat(rig.weight()).isEqualTo(100);
    }

    @Test
    void whatAPersonLetThroughAGateNeedsNoVerdict() {
        rig.mesh.put(policy("{name: report, url: 'http://ci/hook', when: after-step}")
                .replace("delay: 1m}, {", "delay: 1m, gate: manual}, {"));
        rig.rollouts.start("catalog", RolloutRequest.OF_THE_POLICY, NOTE);
        rig.judge.say(ScriptedJudge.ADVANCE);
        rig.pass(Duration.ofSeconds(71));
        assertThat(rig.phase()).isEqualTo(RolloutPhase.AT_GATE);

        rig.judge.say(ScriptedJudge.NOT_ENOUGH);
        rig.rollouts.resume("catalog", OptionalLong.empty(), NOTE);
        agreeTo("report");

        assertThat(rig.weight()).isEqualTo(100);
    }

    @Test
    void aQuestionThatIsPutAnewAfterAPauseNeedsTheVerdictAnew() {
        start("{name: report, url: 'http://ci/hook', when: after-step}");
        rig.judge.say(ScriptedJudge.ADVANCE);
        rig.pass(Duration.ofSeconds(71));
        rig.rollouts.pause("catalog", OptionalLong.empty(), NOTE);
        rig.webhooks.agree();
        rig.judge.say(ScriptedJudge.NOT_ENOUGH);
        rig.rollouts.resume("catalog", OptionalLong.empty(), NOTE);
        agreeTo("report");
        rig.pass(Duration.ofSeconds(11));
        assertThat(rig.weight()).isEqualTo(10);

        rig.judge.say(ScriptedJudge.ADVANCE);
        rig.pass(Duration.ofSeconds(11));
        assertThat(rig.weight()).isEqualTo(100);
    }

    @Test
    void whatIsDueIsSeenBeforeAnAnswerLeadsToAStep() {
        Duration good = Duration.ofSeconds(79);
        try (RolloutRig turning = new RolloutRig(
                rollout -> rollout.watched().compareTo(good) < 0 ? ScriptedJudge.ADVANCE : ScriptedJudge.ROLL_BACK)) {
            turning.mesh.put(policy("{name: report, url: 'http://ci/hook', when: after-step}"));
            turning.rollouts.start("catalog", RolloutRequest.OF_THE_POLICY, NOTE);
            turning.pass(Duration.ofMillis(79_500));
            turning.webhooks.agree();
            turning.pass(ControlPlane.TICK);

            assertThat(turning.phase()).isEqualTo(RolloutPhase.ROLLED_BACK);
        }
    }

    @Test
    void thePromotionWaitsForItsOwnWebhookAndItsEndIsTold() {
        start("""
            {name: sign-off, url: 'http://ci/hook', when: before-promote}
            {name: chat, url: 'http://ci/chat', when: promoted}\
            """);
        rig.judge.say(ScriptedJudge.ADVANCE);
        rig.pass(Duration.ofSeconds(142));
        assertThat(rig.webhooks.newest().body()).contains("\"webhook\":\"sign-off\"");
        assertThat(rig.phase()).isEqualTo(RolloutPhase.RUNNING);

        agreeTo("sign-off");
        assertThat(rig.phase()).isEqualTo(RolloutPhase.PROMOTED);
        rig.pass(Duration.ofSeconds(3));
        assertThat(rig.webhooks.newest().body()).contains("\"webhook\":\"chat\"", "\"phase\":\"promoted\"");
        rig.webhooks.agree();
        rig.pass(LOOK);
        assertThat(notices()).isZero();
    }

    @Test
    void aPersonsPromotionAsksNobody() {
        start("{name: sign-off, url: 'http://ci/hook', when: before-promote}");

        rig.rollouts.promote("catalog", OptionalLong.empty(), NOTE);

        assertThat(rig.phase()).isEqualTo(RolloutPhase.PROMOTED);
        assertThat(rig.webhooks.letters).isEmpty();
    }

    @Test
    void afterACrashTheSameQuestionIsPutAgain() {
        start("{name: ready, url: 'http://ci/hook', when: before-step}");
        rig.pass(LOOK);
        String id = rig.webhooks.newest().id();

        rig.rollouts = rig.another(rig.mesh.store);
        rig.pass(LOOK);

        assertThat(rig.webhooks.letters).extracting(WebhookSender.Letter::id).containsExactly(id, id);
        rig.webhooks.agree();
        rig.webhooks.agree();
        rig.pass(LOOK);
        assertThat(rig.weight()).isEqualTo(10);
    }

    @Test
    void whatIsToBeToldOfAnEndSurvivesACrash() {
        start("{name: chat, url: 'http://ci/chat', when: rollback, retries: 1}");
        rig.rollouts.rollBack("catalog", OptionalLong.empty(), NOTE);
        rig.rollouts = rig.another(rig.mesh.store);
        rig.pass(LOOK);
        String id = rig.webhooks.newest().id();
        rig.webhooks.fail();
        rig.pass(Duration.ofSeconds(5));

        assertThat(rig.webhooks.letters).extracting(WebhookSender.Letter::id).containsExactly(id, id);
        assertThat(rig.webhooks.newest().body()).contains("\"why\":\"to see\"", "\"by\":\"mira\"");
        rig.webhooks.fail();
        rig.pass(LOOK);
        assertThat(notices()).isZero();
    }

    @Test
    void aReasonAsLongAsItMayBeLeavesTheAnswerOut() {
        rig.mesh.put(policy("{name: ready, url: 'http://ci/hook', when: before-step}"));
        rig.rollouts.start("catalog", RolloutRequest.OF_THE_POLICY, new ChangeNote("mira", "x".repeat(500)));
        agreeTo("ready");

        assertThat(rig.weight()).isEqualTo(10);
        assertThat(rig.webhooks.letters).hasSize(1);
    }

    @Test
    void anAnswerIsKeptUntilItIsWritten() {
        start("""
            {name: first, url: 'http://ci/hook', when: before-step}
            {name: second, url: 'http://ci/hook', when: before-step}\
            """);
        CuttableStore store = new CuttableStore(rig.mesh.store);
        rig.rollouts = rig.another(store);
        rig.pass(LOOK);
        store.cut();
        rig.webhooks.agree();
        rig.pass(LOOK.multipliedBy(5));

        store.mend();
        rig.pass(LOOK);
        assertThat(rig.webhooks.letters)
                .extracting(letter -> letter.webhook().name())
                .containsExactly("first", "second");
    }

    @Test
    void sidecarsAreNotToldWhomItAsks() {
        start("{name: ready, url: 'http://ci/hook', when: before-step, secret: ci}");

        assertThat(rig.mesh.shoppers.config("catalog").policy().splitting())
                .isInstanceOfSatisfying(
                        Splitting.Canary.class,
                        canary -> assertThat(canary.terms().webhooks()).isEmpty());
        assertThat(rig.mesh.controlPlane.policies().current("catalog").policy().splitting())
                .isInstanceOfSatisfying(
                        Splitting.Canary.class,
                        canary -> assertThat(canary.terms().webhooks()).hasSize(1));
    }

    @Test
    void whoNoLongerLeadsForgetsWhatItAsked() {
        start("{name: ready, url: 'http://ci/hook', when: before-step}");
        rig.pass(LOOK);

        rig.rollouts.share();
        rig.webhooks.agree();
        rig.pass(LOOK);

        assertThat(rig.weight()).isZero();
        assertThat(rig.webhooks.letters).hasSize(2);
    }

    @Test
    void aNoticeThatCannotBeReadKeepsNobodyElseFromBeingTold() {
        start("{name: chat, url: 'http://ci/chat', when: rollback}");
        rig.mesh.store.commit(Transaction.EMPTY.put("notice/a/1/chat", "{}").put("notice/b/1/chat", "nonsense"));
        rig.rollouts.rollBack("catalog", OptionalLong.empty(), NOTE);
        rig.pass(Duration.ofSeconds(3));

        assertThat(rig.webhooks.newest().body()).contains("\"webhook\":\"chat\"");
        rig.webhooks.agree();
        rig.pass(LOOK);
        assertThat(notices()).isEqualTo(2);
    }

    @Test
    void aPauseGivesTheQuestionUpAndResumingPutsAnotherOne() {
        start("{name: ready, url: 'http://ci/hook', when: before-step}");
        rig.pass(LOOK);
        String id = rig.webhooks.newest().id();
        rig.rollouts.pause("catalog", OptionalLong.empty(), NOTE);
        rig.webhooks.agree();
        rig.pass(LOOK);
        assertThat(rig.weight()).isZero();

        rig.rollouts.resume("catalog", OptionalLong.empty(), NOTE);
        rig.pass(LOOK);
        assertThat(rig.webhooks.newest().id()).isNotEqualTo(id);
        rig.webhooks.agree();
        rig.pass(LOOK);
        assertThat(rig.weight()).isEqualTo(10);
    }

    @Test
    void oneThatCouldNotBeAskedIsRefusedAtTheStart() {
        rig.webhooks.refuses = true;

        assertThatThrownBy(() -> start("{name: ready, url: 'http://ci/hook', when: before-step}"))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("canary.webhooks.ready.url: http://ci/hook (expected: none)");
    }

    @Test
    void whatIsWrittenOfWebhooksIsReadAgain() {
        String yaml = policy("""
            {name: ready, url: 'https://ci/hook?a=b', when: before-step, timeout: 30s, retries: 5, secret: ci}
            {name: chat, url: 'http://ci:8080', when: rollback}\
            """);

        assertThat(PolicyFormat.read(PolicyFormat.yaml(PolicyFormat.read(yaml))))
                .isEqualTo(PolicyFormat.read(yaml));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{url: 'http://ci', when: before-step}",
                "{name: a, when: before-step}",
                "{name: a, url: 'http://ci'}",
                "{name: a, url: 'ftp://ci', when: before-step}",
                "{name: a, url: 'http://me:secret@ci', when: before-step}",
                "{name: a, url: 'http://ci#b', when: before-step}",
                "{name: a, url: '/hook', when: before-step}",
                "{name: a, url: 'http://ci', when: sometimes}",
                "{name: a, url: 'http://ci', when: before-step, timeout: 2m}",
                "{name: a, url: 'http://ci', when: before-step, retries: 11}",
                "{name: a, url: 'http://ci', when: before-step, onFailure: cry}",
                "{name: a, url: 'http://ci', when: rollback, onFailure: hold}",
                "{name: a, url: 'http://ci', when: before-step, secret: ../key}",
                "{name: A, url: 'http://ci', when: before-step}"
            })
    void whatDoesNotFitIsRefusedInItsPlace(String webhook) {
        assertThatThrownBy(() -> PolicyFormat.read(policy(webhook))).hasMessageContaining("canary.webhooks[0]");
    }

    private void start(String webhooks) {
        rig.mesh.put(policy(webhooks));
        rig.rollouts.start("catalog", RolloutRequest.OF_THE_POLICY, NOTE);
    }

    private void agreeTo(String webhook) {
        rig.pass(LOOK);
        assertThat(rig.webhooks.newest().webhook().name()).isEqualTo(webhook);
        rig.webhooks.agree();
        rig.pass(LOOK);
    }

    private int notices() {
        return rig.mesh.store.range(KeyRange.prefix("notice/")).size();
    }

    private static String policy(String webhooks) {
        return """
            apiVersion: signalbox.io/v1
            kind: TrafficPolicy
            service: catalog
            canary:
              stable: v1
              candidate: v2
              steps: [{weight: 10, delay: 1m}, {weight: 100, delay: 1m}]
              webhooks:
            """ + webhooks.lines().map(line -> "    - " + line + "\n").reduce("", String::concat);
    }
}
