package io.signalbox.mesh.canary.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.canary.Slice;
import io.signalbox.mesh.canary.Verdict;
import io.signalbox.mesh.canary.Window;
import io.signalbox.mesh.model.CanaryCriteria;
import io.signalbox.mesh.model.CanaryStage;
import io.signalbox.mesh.model.CanaryStep;
import io.signalbox.mesh.model.CanaryTerms;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.RouteMatch;
import io.signalbox.mesh.model.Splitting;
import io.signalbox.mesh.model.SuccessRate;
import io.signalbox.mesh.model.Weight;
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

    @Test
    void whateverHappensItStandsWhereTheReferenceStands() {
        long seed = Long.getLong("rollout.seed", 20_261_127L);
        Random random = new Random(seed);
        int refused = 0;
        int promoted = 0;
        int rolledBack = 0;
        int staged = 0;
        for (int i = 0; i < ROLLOUTS; i++) {
            ScriptedJudge judge = new ScriptedJudge();
            RolloutMachine machine = new RolloutMachine(judge);
            Splitting.Canary plan = plan(random);
            Rollout rollout = Rollout.queued(1, plan, NOTE, NOW);
            Reference reference = new Reference(plan);
            StringBuilder story = new StringBuilder("seed " + seed + ", rollout " + i + ": " + plan);
            for (int k = 0; k < EVENTS; k++) {
                Verdict verdict = verdict(random);
                judge.say(verdict);
                RolloutEvent event = event(random, plan, rollout);
                story.append("\n").append(event).append(" ").append(verdict.why());
                boolean allowed = reference.happens(event, verdict);
                try {
                    RolloutMachine.Move move = machine.on(rollout, event, NOW);
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
            }
            promoted += rollout.phase() instanceof Phase.Promoted ? 1 : 0;
            rolledBack += rollout.phase() instanceof Phase.RolledBack ? 1 : 0;
        }
        // a model that nothing ever happens to proves nothing
        assertThat(List.of(refused, promoted, rolledBack, staged))
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
        if (event instanceof RolloutEvent.Looked
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
        return switch (random.nextInt(30)) {
            case 0 -> new RolloutEvent.Begun(plan);
            case 1 -> new RolloutEvent.Impossible("no instance");
            case 2, 3 -> new RolloutEvent.PauseAsked(NOTE);
            case 4, 5, 6 -> new RolloutEvent.ResumeAsked(NOTE);
            case 7 -> random.nextInt(4) == 0 ? new RolloutEvent.PromotionAsked(NOTE) : look(random);
            case 8 -> random.nextInt(4) == 0 ? new RolloutEvent.RollbackAsked(NOTE) : look(random);
            case 9 -> changed(random, plan, rollout);
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
        return new RolloutEvent.Looked(new Window(Duration.ofSeconds(1 + random.nextInt(30)), Slice.NONE, Slice.NONE));
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
                        stages(random)));
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

    /** The rules as a person would write them down, with variables. */
    private static final class Reference {

        private final List<CanaryStage> stages;
        private final List<CanaryStep> steps;
        private final long bakeSeconds;
        private String phase = "Queued";
        private String before = "";
        private boolean promotionGate;
        private int stage;
        private int weight;
        private long watched;

        Reference(Splitting.Canary plan) {
            stages = plan.terms().stages();
            steps = plan.terms().steps();
            bakeSeconds = plan.terms().bakeTime().toSeconds();
        }

        /** Whether it may happen. */
        boolean happens(RolloutEvent event, Verdict verdict) {
            boolean begun = List.of("Running", "Baking", "AtGate", "Paused").contains(phase);
            switch (event) {
                case RolloutEvent.Begun _ -> {
                    if (!phase.equals("Queued")) {
                        return false;
                    }
                    phase = "Running";
                    stage = stages.isEmpty() ? 0 : 1;
                    set(stages.isEmpty() ? steps.getFirst().weight().percent() : 0);
                }
                case RolloutEvent.Impossible _ -> {
                    if (!phase.equals("Queued")) {
                        return false;
                    }
                    phase = "Failed";
                }
                case RolloutEvent.Looked(Window window) -> {
                    if (!begun) {
                        return false;
                    }
                    watched += window.span().toSeconds();
                    if (!phase.equals("Paused")) {
                        judged(verdict);
                    }
                }
                case RolloutEvent.LookedHeld _, RolloutEvent.AbandonAsked _, RolloutEvent.WebhookAnswered _ ->
                    throw new IllegalArgumentException("never drawn: " + event);
                case RolloutEvent.PauseAsked _ -> {
                    if (!begun || phase.equals("Paused")) {
                        return false;
                    }
                    before = phase;
                    phase = "Paused";
                }
                case RolloutEvent.ResumeAsked _ -> {
                    if (phase.equals("Paused") && before.equals("Running") && weight == 0 && stage == 0) {
                        phase = before;
                        if (stages.isEmpty()) {
                            stepUp();
                        } else {
                            stage = 1;
                            watched = 0;
                        }
                    } else if (phase.equals("Paused")) {
                        phase = before;
                        watched = 0;
                    } else if (phase.equals("AtGate")) {
                        if (promotionGate) {
                            promote();
                        } else {
                            stepUp();
                        }
                    } else {
                        return false;
                    }
                }
                case RolloutEvent.PromotionAsked _ -> {
                    if (!begun) {
                        return false;
                    }
                    promote();
                }
                case RolloutEvent.RollbackAsked _ -> {
                    if (phase.equals("Queued")) {
                        phase = "Withdrawn";
                    } else if (begun) {
                        rollBack();
                    } else {
                        return false;
                    }
                }
                case RolloutEvent.PolicyChanged changed -> {
                    if (!begun) {
                        return false;
                    }
                    if (changed.canary().isEmpty()
                            || changed.weight().percent() != weight
                            || changed.stage() != stage) {
                        phase = "Paused";
                        before = "Running";
                        stage = changed.stage();
                        set(changed.weight().percent());
                    }
                }
            }
            return true;
        }

        private void judged(Verdict verdict) {
            if (verdict instanceof Verdict.RollBack) {
                rollBack();
            } else if (verdict instanceof Verdict.Advance) {
                if (phase.equals("Running") && watched >= delay()) {
                    if (gate() == CanaryStep.Gate.MANUAL) {
                        phase = "AtGate";
                        promotionGate = false;
                    } else {
                        stepUp();
                    }
                } else if (phase.equals("Baking") && watched >= bakeSeconds) {
                    top();
                }
            }
        }

        private CanaryStep.Gate gate() {
            if (stage > 0) {
                return stages.get(stage - 1).gate();
            }
            return at() < 0 ? CanaryStep.Gate.NONE : steps.get(at()).gate();
        }

        private void stepUp() {
            if (stage > 0 && stage < stages.size()) {
                phase = "Running";
                stage++;
                set(0);
                return;
            }
            stage = 0;
            if (at() + 1 < steps.size()) {
                phase = "Running";
                set(steps.get(at() + 1).weight().percent());
            } else if (bakeSeconds > 0) {
                phase = "Baking";
                watched = 0;
            } else {
                top();
            }
        }

        private void top() {
            if (weight == 100) {
                promote();
            } else {
                phase = "AtGate";
                promotionGate = true;
            }
        }

        private void promote() {
            phase = "Promoted";
            stage = 0;
            set(100);
        }

        private void rollBack() {
            phase = "RolledBack";
            stage = 0;
            set(0);
        }

        private void set(int percent) {
            weight = percent;
            watched = 0;
        }

        private int at() {
            int at = -1;
            for (int i = 0; i < steps.size(); i++) {
                if (steps.get(i).weight().percent() <= weight) {
                    at = i;
                }
            }
            return at;
        }

        private long delay() {
            if (stage > 0) {
                return stages.get(stage - 1).delay().toSeconds();
            }
            return at() < 0 ? 20 : steps.get(at()).delay().toSeconds();
        }
    }
}
