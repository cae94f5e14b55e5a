package io.signalbox.mesh.canary.rollout;

import io.signalbox.mesh.canary.Verdict;
import io.signalbox.mesh.model.CanaryStage;
import io.signalbox.mesh.model.CanaryStep;
import io.signalbox.mesh.model.CanaryWebhook;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.Splitting;
import io.signalbox.mesh.model.Weight;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * What becomes of a rollout when something happens: a pure function.
 *
 * <p>A step is taken when the verdict says so and the delay of the last one was watched to its end. A rollback needs the
 * verdict alone. While a rollout is paused, nothing follows from a verdict.
 */
public final class RolloutMachine {

    /** In whose name a rollout moves by itself. */
    public static final String ITSELF = "signalbox";

    private static final int LONGEST_REASON = 500;
    private static final int FIRST = 1;

    private final Judge judge;

    public RolloutMachine(Judge judge) {
        this.judge = judge;
    }

    /** The new state, and what has to be put in force with it. */
    public record Move(Rollout after, Effect effect) {

        static Move quiet(Rollout after) {
            return new Move(after, new Effect.Nothing());
        }
    }

    /** @throws WrongPhaseException when it is asked for what cannot be done where it stands */
    public Move on(Rollout rollout, RolloutEvent event, Instant now) {
        return switch (event) {
            case RolloutEvent.Begun(Splitting.Canary plan) -> begun(rollout, plan, now);
            case RolloutEvent.Impossible(String why) -> {
                require(rollout.phase() instanceof Phase.Queued, rollout, "waits for its turn");
                yield Move.quiet(rollout.in(new Phase.Failed(now, itself(why))));
            }
            case RolloutEvent.Looked looked -> looked(rollout.plus(looked.window()), now);
            case RolloutEvent.LookedHeld looked -> {
                Rollout seen = rollout.plus(looked.window());
                Move move = looked(seen, now);
                yield move.after().phase() instanceof Phase.RolledBack ? move : Move.quiet(seen);
            }
            case RolloutEvent.WebhookAnswered answered -> answered(rollout, answered, now);
            case RolloutEvent.PauseAsked(ChangeNote note) -> paused(rollout, note, now);
            case RolloutEvent.ResumeAsked(ChangeNote note) -> resumed(rollout, note, now);
            case RolloutEvent.PromotionAsked(ChangeNote note) -> {
                requireBegun(rollout);
                yield promoted(rollout, note, now);
            }
            case RolloutEvent.RollbackAsked(ChangeNote note) -> rolledBack(rollout, note, now);
            case RolloutEvent.AbandonAsked(ChangeNote note) -> {
                requireBegun(rollout);
                yield Move.quiet(rollout.endedAt(rollout.weight(), new Phase.RolledBack(now, note)));
            }
            case RolloutEvent.PolicyChanged changed -> policyChanged(rollout, changed, now);
        };
    }

    private static Move begun(Rollout rollout, Splitting.Canary plan, Instant now) {
        require(rollout.phase() instanceof Phase.Queued, rollout, "waits for its turn");
        Rollout planned = rollout.under(plan);
        boolean staged = !plan.terms().stages().isEmpty();
        List<WebhookCall> calls = staged || plan.initialWeight().equals(Weight.NONE)
                ? List.of()
                : Webhooks.toBeAsked(planned, CanaryWebhook.When.BEFORE_STEP, now);
        Rollout running = planned.in(
                calls.isEmpty() ? new Phase.Running() : new Phase.Asking(Phase.Gate.STEP, rollout.asked(), now, calls));
        Rollout after =
                staged ? running.atStage(FIRST) : running.at(calls.isEmpty() ? plan.initialWeight() : Weight.NONE);
        if (rollout.experiment().isPresent()) {
            return Move.quiet(after);
        }
        String reason = rollout.asked().reason();
        String why = "rollout " + rollout.number() + " begins" + (reason.isEmpty() ? "" : ": " + reason);
        return new Move(
                after, new Effect.Share(after.weight(), note(rollout.asked().by(), why)));
    }

    private Move looked(Rollout seen, Instant now) {
        return switch (seen.phase()) {
            case Phase.Queued _, Phase.Ended _ ->
                throw new WrongPhaseException(word(seen.phase()), "has begun and has not ended");
            case Phase.Paused _ -> Move.quiet(seen);
            case Phase.Underway _
            when seen.experiment().isPresent() ->
                Experiments.looked(seen, seen.experiment().get(), now);
            case Phase.Underway underway ->
                switch (judge.verdict(seen)) {
                    case Verdict.RollBack verdict -> rolledBack(seen, itself(verdict.why()), now);
                    case Verdict.EnvironmentBad _ -> Move.quiet(seen);
                    case Verdict.NotEnough _ -> asksByVerdict(seen) ? Move.quiet(seen) : asked(seen, now);
                    case Verdict.Advance verdict -> advanced(seen, underway, verdict, now);
                };
        };
    }

    private static Move advanced(Rollout seen, Phase.Underway underway, Verdict.Advance verdict, Instant now) {
        boolean shown = seen.watched().compareTo(seen.delay()) >= 0;
        return switch (underway) {
            case Phase.Running _ -> shown ? past(seen, itself(verdict.why()), now) : Move.quiet(seen);
            case Phase.Baking _ -> shown ? atTheTop(seen, itself("baked: " + verdict.why()), now) : Move.quiet(seen);
            case Phase.AtGate _ -> Move.quiet(seen);
            case Phase.Asking _ -> asked(seen, now);
        };
    }

    /** Whether it asks because of a verdict, which then has to hold until it goes on. */
    public static boolean asksByVerdict(Rollout rollout) {
        return rollout.phase() instanceof Phase.Asking asking
                && asking.why().by().equals(ITSELF)
                && (rollout.stageNow().isPresent() || !rollout.weight().equals(Weight.NONE));
    }

    /** Goes on once every webhook has answered. */
    private static Move asked(Rollout rollout, Instant now) {
        if (!(rollout.phase() instanceof Phase.Asking asking) || asking.open().isPresent()) {
            return Move.quiet(rollout);
        }
        ChangeNote why = Webhooks.note(asking);
        return switch (asking.behind()) {
            case STEP -> onward(rollout, why, now);
            case PROMOTION -> promoted(rollout, why, now);
        };
    }

    private Move answered(Rollout rollout, RolloutEvent.WebhookAnswered answer, Instant now) {
        return switch (Webhooks.after(rollout, answer, now)) {
            case Webhooks.RollBack(String why) -> rolledBack(rollout, itself(why), now);
            case Webhooks.Noted(Phase.Asking asking) -> {
                Rollout noted = rollout.in(asking);
                yield switch (judge.verdict(noted)) {
                    case Verdict.RollBack verdict -> rolledBack(noted, itself(verdict.why()), now);
                    case Verdict.EnvironmentBad _ -> Move.quiet(noted);
                    case Verdict.NotEnough _ when asksByVerdict(noted) -> Move.quiet(noted);
                    case Verdict.NotEnough _, Verdict.Advance _ ->
                        answer.settled() ? asked(noted, now) : Move.quiet(noted);
                };
            }
            case Webhooks.Stale() -> Move.quiet(rollout);
        };
    }

    /** The step where it stands is done. */
    private static Move past(Rollout rollout, ChangeNote why, Instant now) {
        int at = rollout.step();
        CanaryStep.Gate gate = rollout.stageNow()
                .map(CanaryStage::gate)
                .orElseGet(() ->
                        at < 0 ? CanaryStep.Gate.NONE : rollout.steps().get(at).gate());
        boolean gated = gate == CanaryStep.Gate.MANUAL;
        return gated ? Move.quiet(rollout.in(new Phase.AtGate(Phase.Gate.STEP))) : beyond(rollout, why, now);
    }

    /** Asks whoever is to be asked between the step where it stands and what follows. */
    private static Move beyond(Rollout rollout, ChangeNote why, Instant now) {
        int stages = rollout.plan().terms().stages().size();
        if (rollout.stageNow().isPresent() && rollout.stage() < stages) {
            return staged(rollout, rollout.stage() + 1, why);
        }
        List<WebhookCall> calls = Webhooks.betweenSteps(rollout, now);
        return calls.isEmpty()
                ? onward(rollout, why, now)
                : Move.quiet(rollout.in(new Phase.Asking(Phase.Gate.STEP, why, now, calls)));
    }

    private static Move onward(Rollout rollout, ChangeNote why, Instant now) {
        List<CanaryStep> steps = rollout.steps();
        int next = rollout.step() + 1;
        if (next < steps.size()) {
            Weight weight = steps.get(next).weight();
            String step = "rollout " + rollout.number() + ", step " + (next + 1) + " of " + steps.size();
            Phase phase = rollout.plan().isAtOnce() ? new Phase.Baking() : new Phase.Running();
            return new Move(
                    rollout.in(phase).at(weight), new Effect.Share(weight, note(why.by(), step + ": " + why.reason())));
        }
        if (rollout.plan().terms().bakeTime().isPositive()) {
            return Move.quiet(rollout.in(new Phase.Baking()).anew());
        }
        return atTheTop(rollout, why, now);
    }

    private static Move atTheTop(Rollout rollout, ChangeNote why, Instant now) {
        return rollout.weight().equals(Weight.ALL)
                ? promoting(rollout, why, now)
                : Move.quiet(rollout.in(new Phase.AtGate(Phase.Gate.PROMOTION)));
    }

    /** Asks whoever is to be asked before it. */
    private static Move promoting(Rollout rollout, ChangeNote why, Instant now) {
        List<WebhookCall> calls = Webhooks.beforePromotion(rollout, now);
        return calls.isEmpty()
                ? promoted(rollout, why, now)
                : Move.quiet(rollout.in(new Phase.Asking(Phase.Gate.PROMOTION, why, now, calls)));
    }

    private static Move paused(Rollout rollout, ChangeNote note, Instant now) {
        if (rollout.phase() instanceof Phase.Underway underway) {
            return Move.quiet(rollout.in(new Phase.Paused(note, now, underway)));
        }
        throw new WrongPhaseException(word(rollout.phase()), "goes on by itself");
    }

    /** Goes on from where it was paused, watched anew; or through a gate. */
    private static Move resumed(Rollout rollout, ChangeNote note, Instant now) {
        return switch (rollout.phase()) {
            case Phase.Paused paused
            when paused.before() instanceof Phase.Asking asking ->
                Move.quiet(rollout.in(asking.anew(now)).anew());
            case Phase.Paused paused
            when paused.before() instanceof Phase.Running && seesNothing(rollout) ->
                again(rollout.in(paused.before()), note, now);
            case Phase.Paused paused -> Move.quiet(rollout.in(paused.before()).anew());
            case Phase.AtGate(Phase.Gate gate) ->
                switch (gate) {
                    case STEP -> beyond(rollout, note, now);
                    case PROMOTION -> promoting(rollout, note, now);
                };
            case Phase.Queued _, Phase.Running _, Phase.Baking _, Phase.Asking _, Phase.Ended _ ->
                throw new WrongPhaseException(word(rollout.phase()), "is paused or waits at a gate");
        };
    }

    /** Whether somebody took from it what its plan begins with: where the candidate gets nothing, nothing can be seen. */
    private static boolean seesNothing(Rollout rollout) {
        boolean plannedSo = rollout.plan().terms().stages().isEmpty()
                && rollout.plan().initialWeight().equals(Weight.NONE);
        return !plannedSo && rollout.stageNow().isEmpty() && rollout.weight().equals(Weight.NONE);
    }

    /** From the first stage of its plan, or the first step of one without. */
    private static Move again(Rollout rollout, ChangeNote note, Instant now) {
        return rollout.plan().terms().stages().isEmpty() ? beyond(rollout, note, now) : staged(rollout, FIRST, note);
    }

    private static Move staged(Rollout rollout, int stage, ChangeNote why) {
        String where = "rollout " + rollout.number() + ", stage " + stage + " of "
                + rollout.plan().terms().stages().size();
        return new Move(
                rollout.in(new Phase.Running()).atStage(stage),
                new Effect.Share(Weight.NONE, note(why.by(), where + ": " + why.reason())));
    }

    private static Move promoted(Rollout rollout, ChangeNote note, Instant now) {
        return new Move(
                rollout.endedAt(Weight.ALL, new Phase.Promoted(now, note)),
                new Effect.Choice(
                        rollout.plan().candidate(),
                        rollout.plan().stable(),
                        note(note.by(), "rollout " + rollout.number() + ": " + note.reason())));
    }

    private static Move rolledBack(Rollout rollout, ChangeNote note, Instant now) {
        if (rollout.phase() instanceof Phase.Queued) {
            return Move.quiet(rollout.in(new Phase.Withdrawn(now, note)));
        }
        requireBegun(rollout);
        return new Move(
                rollout.endedAt(Weight.NONE, new Phase.RolledBack(now, note)),
                new Effect.Share(
                        Weight.NONE,
                        note(note.by(), "rollout " + rollout.number() + " rolled back: " + note.reason())));
    }

    private static Move policyChanged(Rollout rollout, RolloutEvent.PolicyChanged changed, Instant now) {
        requireBegun(rollout);
        Rollout found = changed.canary().map(rollout::under).orElse(rollout).inForceAs(changed.revision());
        if (changed.canary().isPresent()
                && changed.weight().equals(rollout.weight())
                && changed.stage() == rollout.stage()) {
            return Move.quiet(found);
        }
        ChangeNote by = changed.note();
        String what = changed.canary().isPresent()
                ? " set " + rollout.plan().candidate() + " to " + changed.weight() + stage(rollout, changed)
                : rollout.experiment().isPresent()
                        ? " took the A/B test, or its rule, out of the policy"
                        : " took the canary out of the policy";
        String why = by.by()
                + what
                + (changed.revision() == 0 ? "" : " (rev " + changed.revision() + ")")
                + (by.reason().isEmpty() ? "" : ": " + by.reason());
        return Move.quiet(found.moved(changed.weight(), changed.stage())
                .in(new Phase.Paused(itself(why), now, new Phase.Running())));
    }

    private static String stage(Rollout rollout, RolloutEvent.PolicyChanged changed) {
        if (changed.stage() == rollout.stage()) {
            return "";
        }
        return changed.stage() == Rollout.NO_STAGE
                ? " and ended stage " + rollout.stage()
                : " and went to stage " + changed.stage();
    }

    static ChangeNote itself(String why) {
        return note(ITSELF, why);
    }

    /** Cut where it gets too long. */
    static ChangeNote note(String by, String reason) {
        return new ChangeNote(by, reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) : reason);
    }

    private static void requireBegun(Rollout rollout) {
        boolean begun = switch (rollout.phase()) {
            case Phase.Underway _, Phase.Paused _ -> true;
            case Phase.Queued _, Phase.Ended _ -> false;
        };
        require(begun, rollout, "has begun and has not ended");
    }

    private static void require(boolean holds, Rollout rollout, String expected) {
        if (!holds) {
            throw new WrongPhaseException(word(rollout.phase()), expected);
        }
    }

    /** Such as {@code rolled back}. */
    private static String word(Phase phase) {
        return phase.getClass()
                .getSimpleName()
                .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                .toLowerCase(Locale.ROOT);
    }
}
