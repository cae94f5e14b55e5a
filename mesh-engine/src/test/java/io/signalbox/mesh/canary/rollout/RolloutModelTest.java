package io.signalbox.mesh.canary.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.canary.Slice;
import io.signalbox.mesh.canary.Verdict;
import io.signalbox.mesh.canary.Window;
import io.signalbox.mesh.model.CanaryCriteria;
import io.signalbox.mesh.model.CanaryStage;
import io.signalbox.mesh.model.CanaryStep;
import io.signalbox.mesh.model.CanaryTerms;
import io.signalbox.mesh.model.CanaryWebhook;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.RouteMatch;
import io.signalbox.mesh.model.Splitting;
import io.signalbox.mesh.model.SuccessRate;
import io.signalbox.mesh.model.Weight;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Random events against a reference that is written as naively as can be. */
class RolloutModelTest {

    private static final int ROLLOUTS = 3_000;
    private static final int EVENTS = 60;
    private static final ChangeNote NOTE = new ChangeNote("mira", "");
    private static final Instant NOW = Instant.EPOCH;
    private static final List<CanaryWebhook.When> ASKED =
            List.of(CanaryWebhook.When.BEFORE_STEP, CanaryWebhook.When.AFTER_STEP, CanaryWebhook.When.BEFORE_PROMOTE);

    @Test
    void whateverHappensItStandsWhereTheReferenceStands() {
        long seed = Long.getLong("rollout.seed", 20_261_127L);
        Random random = new Random(seed);
        int refused = 0;
        int promoted = 0;
        int rolledBack = 0;
        int staged = 0;
        int asking = 0;
        for (int i = 0; i < ROLLOUTS; i++) {
            ScriptedJudge judge = new ScriptedJudge();
            RolloutMachine machine = new RolloutMachine(judge);
            Splitting.Canary plan = plan(random);
            Rollout rollout = Rollout.queued(1, plan, NOTE, NOW);
            RolloutReference reference = new RolloutReference(plan);
            StringBuilder story = new StringBuilder("seed " + seed + ", rollout " + i + ": " + plan);
            for (int k = 0; k < EVENTS; k++) {
                Verdict verdict = verdict(random);
                judge.say(verdict);
                Instant now = NOW.plusSeconds(k);
                RolloutEvent event = event(random, plan, rollout);
                story.append("\n").append(event).append(" ").append(verdict.why());
                boolean allowed = reference.happens(event, verdict, now);
                try {
                    RolloutMachine.Move move = machine.on(rollout, event, now);
                    assertThat(allowed).as(story.toString()).isTrue();
                    assertMoved(story, rollout, move, event);
                    rollout = move.after();
                } catch (WrongPhaseException e) {
                    refused++;
                    assertThat(allowed).as(story.toString()).isFalse();
                }
                assertThat(rollout.phase().getClass().getSimpleName() + " "
                                + rollout.weight().percent() + " stage " + (rollout.ended() ? 0 : rollout.stage()))
                        .as(story.toString())
                        .isEqualTo(reference.phase + " " + reference.weight + " stage " + reference.stage);
                staged += rollout.stageNow().isPresent() ? 1 : 0;
                asking += rollout.phase() instanceof Phase.Asking ? 1 : 0;
            }
            promoted += rollout.phase() instanceof Phase.Promoted ? 1 : 0;
            rolledBack += rollout.phase() instanceof Phase.RolledBack ? 1 : 0;
        }
        // a model that nothing ever happens to proves nothing
        assertThat(List.of(refused, promoted, rolledBack, staged, asking))
                .allSatisfy(count -> assertThat(count).isGreaterThan(ROLLOUTS / 20));
    }

    /** A weight is put in force exactly when it becomes another, and no look takes more than one step. */
    private static void assertMoved(StringBuilder story, Rollout before, RolloutMachine.Move move, RolloutEvent event) {
        Weight now = move.after().weight();
        switch (move.effect()) {
            case Effect.Share(Weight weight, ChangeNote _) ->
                assertThat(weight).as(story.toString()).isEqualTo(now);
            case Effect.Choice(String winner, String loser, ChangeNote _) -> {
                assertThat(now).as(story.toString()).isEqualTo(Weight.ALL);
                assertThat(winner).as(story.toString()).isEqualTo(before.plan().candidate());
                assertThat(loser).as(story.toString()).isEqualTo(before.plan().stable());
            }
            case Effect.Nothing _ -> {
                if (!(event instanceof RolloutEvent.PolicyChanged)) {
                    assertThat(now).as(story.toString()).isEqualTo(before.weight());
                }
            }
        }
        if ((event instanceof RolloutEvent.Looked || event instanceof RolloutEvent.WebhookAnswered)
                && now.compareTo(before.weight()) > 0
                && !move.after().ended()) {
            assertThat(before.steps().stream()
                            .map(CanaryStep::weight)
                            .filter(weight -> weight.compareTo(before.weight()) > 0)
                            .findFirst())
                    .as(story.toString())
                    .contains(now);
        }
    }

    private static RolloutEvent event(Random random, Splitting.Canary plan, Rollout rollout) {
        if (rollout.phase() instanceof Phase.Queued && random.nextInt(4) > 0) {
            return new RolloutEvent.Begun(plan);
        }
        if (rollout.phase() instanceof Phase.Asking asking && random.nextInt(3) > 0) {
            return answer(random, plan, asking);
        }
        return switch (random.nextInt(30)) {
            case 0 -> new RolloutEvent.Begun(plan);
            case 1 -> new RolloutEvent.Impossible("no instance");
            case 2, 3 -> new RolloutEvent.PauseAsked(NOTE);
            case 4, 5, 6 -> new RolloutEvent.ResumeAsked(NOTE);
            case 7 -> random.nextInt(4) == 0 ? new RolloutEvent.PromotionAsked(NOTE) : look(random);
            case 8 -> random.nextInt(4) == 0 ? new RolloutEvent.RollbackAsked(NOTE) : look(random);
            case 9 -> changed(random, plan, rollout);
            case 10, 11 -> new RolloutEvent.LookedHeld(window(random));
            case 12 ->
                new RolloutEvent.WebhookAnswered(
                        "of-another-time", NOW.minusSeconds(1), RolloutEvent.Answer.AGREES, "said", true);
            default -> look(random);
        };
    }

    /** No policy holds a share and a stage at once. */
    private static RolloutEvent changed(Random random, Splitting.Canary plan, Rollout rollout) {
        Weight weight = random.nextBoolean() ? rollout.weight() : new Weight(random.nextInt(101));
        boolean staged = weight.equals(rollout.weight()) && random.nextInt(3) > 0;
        return new RolloutEvent.PolicyChanged(
                random.nextInt(100),
                random.nextInt(4) == 0 ? Optional.empty() : Optional.of(plan),
                weight,
                staged ? rollout.stage() : Rollout.NO_STAGE,
                NOTE);
    }

    private static RolloutEvent look(Random random) {
        return new RolloutEvent.Looked(window(random));
    }

    private static Window window(Random random) {
        return new Window(Duration.ofSeconds(1 + random.nextInt(30)), Slice.NONE, Slice.NONE);
    }

    /** Mostly of the one that is asked; now and then of one that is not, or to the same question of another time. */
    private static RolloutEvent answer(Random random, Splitting.Canary plan, Phase.Asking asking) {
        List<CanaryWebhook> webhooks = plan.terms().webhooks();
        String any = webhooks.get(random.nextInt(webhooks.size())).name();
        return new RolloutEvent.WebhookAnswered(
                random.nextInt(5) == 0
                        ? any
                        : asking.open().map(WebhookCall::webhook).orElse(any),
                random.nextInt(8) == 0 ? asking.since().minusSeconds(1) : asking.since(),
                random.nextInt(3) == 0 ? RolloutEvent.Answer.FAILS : RolloutEvent.Answer.AGREES,
                "said",
                random.nextInt(4) > 0);
    }

    private static Verdict verdict(Random random) {
        return switch (random.nextInt(60)) {
            case 0 -> ScriptedJudge.ROLL_BACK;
            case 1, 2, 3, 4 -> ScriptedJudge.ENVIRONMENT_BAD;
            case 5, 6, 7, 8, 9, 10 -> ScriptedJudge.NOT_ENOUGH;
            default -> ScriptedJudge.ADVANCE;
        };
    }

    private static Splitting.Canary plan(Random random) {
        List<CanaryStep> steps = new ArrayList<>();
        for (int weight = 1 + random.nextInt(60); weight <= 100; weight += 1 + random.nextInt(60)) {
            steps.add(new CanaryStep(
                    new Weight(random.nextInt(4) == 0 ? Math.max(weight, 100) : weight),
                    Duration.ofSeconds(1 + random.nextInt(40)),
                    random.nextInt(4) == 0 ? CanaryStep.Gate.MANUAL : CanaryStep.Gate.NONE));
            if (steps.getLast().weight().equals(Weight.ALL)) {
                break;
            }
        }
        return new Splitting.Canary(
                "v1",
                "v2",
                steps.getFirst().weight(),
                new Weight(10),
                Duration.ofSeconds(20),
                steps.getLast().weight(),
                new SuccessRate(0.99),
                new CanaryTerms(
                                steps,
                                random.nextBoolean() ? Duration.ZERO : Duration.ofSeconds(random.nextInt(40)),
                                CanaryCriteria.DEFAULT,
                                stages(random))
                        .withWebhooks(webhooks(random)));
    }

    private static List<CanaryWebhook> webhooks(Random random) {
        List<CanaryWebhook> webhooks = new ArrayList<>();
        for (int i = random.nextInt(8) - 4; i > 0; i--) {
            CanaryWebhook.When when = ASKED.get(random.nextInt(ASKED.size()));
            CanaryWebhook.OnFailure[] failures = CanaryWebhook.OnFailure.values();
            webhooks.add(new CanaryWebhook(
                    "hook-" + i,
                    URI.create("http://ci/hook"),
                    when,
                    CanaryWebhook.TIMEOUT,
                    random.nextInt(3),
                    failures[random.nextInt(failures.length)],
                    Optional.empty()));
        }
        return webhooks;
    }

    private static List<CanaryStage> stages(Random random) {
        List<CanaryStage> stages = new ArrayList<>();
        for (int i = random.nextInt(4) - 1; i > 0; i--) {
            stages.add(new CanaryStage.Matching(
                    new RouteMatch(Map.of("X-Beta", "yes"), Optional.empty(), Optional.empty(), Set.of()),
                    Duration.ofSeconds(1 + random.nextInt(40)),
                    random.nextInt(4) == 0 ? CanaryStep.Gate.MANUAL : CanaryStep.Gate.NONE));
        }
        return stages;
    }
}
