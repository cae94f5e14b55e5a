package io.signalbox.mesh.canary.rollout;

import io.signalbox.mesh.canary.Verdict;
import io.signalbox.mesh.canary.Window;
import io.signalbox.mesh.model.CanaryStage;
import io.signalbox.mesh.model.CanaryStep;
import io.signalbox.mesh.model.CanaryWebhook;
import io.signalbox.mesh.model.Splitting;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The rules of a rollout as a person would write them down, with variables. */
final class RolloutReference {

    private final List<CanaryWebhook> webhooks;
    private final List<CanaryStage> stages;
    private final List<CanaryStep> steps;
    private final long bakeSeconds;
    String phase = "Queued";
    private String before = "";
    private boolean promotionGate;
    private boolean asksForPromotion;
    private boolean byVerdict;
    private Instant askedSince = Instant.EPOCH;
    private List<CanaryWebhook> asked = List.of();
    private final Deque<CanaryWebhook> unanswered = new ArrayDeque<>();
    private int failures;
    int stage;
    int weight;
    private long watched;

    RolloutReference(Splitting.Canary plan) {
        webhooks = plan.terms().webhooks();
        stages = plan.terms().stages();
        steps = plan.terms().steps();
        bakeSeconds = plan.terms().bakeTime().toSeconds();
    }

    /** Whether it may happen. */
    boolean happens(RolloutEvent event, Verdict verdict, Instant now) {
        boolean begun =
                List.of("Running", "Asking", "Baking", "AtGate", "Paused").contains(phase);
        switch (event) {
            case RolloutEvent.Begun _ -> {
                if (!phase.equals("Queued")) {
                    return false;
                }
                phase = "Running";
                stage = stages.isEmpty() ? 0 : 1;
                set(0);
                byVerdict = false;
                if (stages.isEmpty() && !ask(when(CanaryWebhook.When.BEFORE_STEP), false, now)) {
                    set(steps.getFirst().weight().percent());
                }
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
                    judged(verdict, now);
                }
            }
            case RolloutEvent.LookedHeld(Window window) -> {
                if (!begun) {
                    return false;
                }
                watched += window.span().toSeconds();
                if (!phase.equals("Paused") && verdict instanceof Verdict.RollBack) {
                    rollBack();
                }
            }
            case RolloutEvent.WebhookAnswered answer -> answered(answer, verdict, now);
            case RolloutEvent.AbandonAsked _ -> throw new IllegalArgumentException("never drawn: " + event);
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
                    byVerdict = false;
                    if (stages.isEmpty()) {
                        stepUp(now);
                    } else {
                        stage = 1;
                        watched = 0;
                    }
                } else if (phase.equals("Paused")) {
                    phase = before;
                    watched = 0;
                    if (phase.equals("Asking")) {
                        ask(asked, asksForPromotion, now);
                    }
                } else if (phase.equals("AtGate")) {
                    byVerdict = false;
                    if (promotionGate) {
                        promoting(now);
                    } else {
                        stepUp(now);
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
                if (changed.canary().isEmpty() || changed.weight().percent() != weight || changed.stage() != stage) {
                    phase = "Paused";
                    before = "Running";
                    stage = changed.stage();
                    set(changed.weight().percent());
                }
            }
        }
        return true;
    }

    private void judged(Verdict verdict, Instant now) {
        if (verdict instanceof Verdict.RollBack) {
            rollBack();
        } else if (phase.equals("Asking")) {
            if (holds(verdict)) {
                goOn(now);
            }
        } else if (verdict instanceof Verdict.Advance) {
            byVerdict = stage > 0 || weight > 0;
            if (phase.equals("Running") && watched >= delay()) {
                if (gate() == CanaryStep.Gate.MANUAL) {
                    phase = "AtGate";
                    promotionGate = false;
                } else {
                    stepUp(now);
                }
            } else if (phase.equals("Baking") && watched >= bakeSeconds) {
                top(now);
            }
        }
    }

    private CanaryStep.Gate gate() {
        if (stage > 0) {
            return stages.get(stage - 1).gate();
        }
        return at() < 0 ? CanaryStep.Gate.NONE : steps.get(at()).gate();
    }

    private void stepUp(Instant now) {
        if (stage > 0 && stage < stages.size()) {
            phase = "Running";
            stage++;
            set(0);
            return;
        }
        List<CanaryWebhook> between = new ArrayList<>();
        if (at() >= 0) {
            between.addAll(when(CanaryWebhook.When.AFTER_STEP));
        }
        if (at() + 1 < steps.size()) {
            between.addAll(when(CanaryWebhook.When.BEFORE_STEP));
        }
        if (!ask(between, false, now)) {
            onward(now);
        }
    }

    private void onward(Instant now) {
        stage = 0;
        if (at() + 1 < steps.size()) {
            phase = "Running";
            set(steps.get(at() + 1).weight().percent());
        } else if (bakeSeconds > 0) {
            phase = "Baking";
            watched = 0;
        } else {
            top(now);
        }
    }

    private void top(Instant now) {
        if (weight == 100) {
            promoting(now);
        } else {
            phase = "AtGate";
            promotionGate = true;
        }
    }

    private void promoting(Instant now) {
        if (!ask(when(CanaryWebhook.When.BEFORE_PROMOTE), true, now)) {
            promote();
        }
    }

    private List<CanaryWebhook> when(CanaryWebhook.When moment) {
        return webhooks.stream().filter(webhook -> webhook.when() == moment).toList();
    }

    /** Whether anybody is asked. */
    private boolean ask(List<CanaryWebhook> whom, boolean promotes, Instant now) {
        if (!whom.isEmpty()) {
            phase = "Asking";
            asked = whom;
            unanswered.clear();
            unanswered.addAll(whom);
            failures = 0;
            asksForPromotion = promotes;
            askedSince = now;
        }
        return !whom.isEmpty();
    }

    private void answered(RolloutEvent.WebhookAnswered answer, Verdict verdict, Instant now) {
        CanaryWebhook open = unanswered.peek();
        if (!phase.equals("Asking")
                || open == null
                || !open.name().equals(answer.webhook())
                || !askedSince.equals(answer.since())) {
            return;
        }
        if (answer.answer() == RolloutEvent.Answer.AGREES) {
            next();
        } else {
            failures++;
            if (failures > open.retries() && open.onFailure() == CanaryWebhook.OnFailure.ROLL_BACK) {
                rollBack();
                return;
            }
            if (failures > open.retries() && open.onFailure() == CanaryWebhook.OnFailure.IGNORE) {
                next();
            }
        }
        if (verdict instanceof Verdict.RollBack) {
            rollBack();
        } else if (holds(verdict) && answer.settled()) {
            goOn(now);
        }
    }

    /** Whether what the webhooks are asked about still holds. */
    private boolean holds(Verdict verdict) {
        return verdict instanceof Verdict.Advance || (verdict instanceof Verdict.NotEnough && !byVerdict);
    }

    private void next() {
        unanswered.remove();
        failures = 0;
    }

    /** Once everybody has answered. */
    private void goOn(Instant now) {
        if (!unanswered.isEmpty()) {
            return;
        }
        if (asksForPromotion) {
            promote();
        } else {
            onward(now);
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
