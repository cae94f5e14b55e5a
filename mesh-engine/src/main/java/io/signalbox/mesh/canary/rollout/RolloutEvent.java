package io.signalbox.mesh.canary.rollout;

import io.signalbox.mesh.canary.Window;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.Splitting;
import io.signalbox.mesh.model.Weight;
import java.time.Instant;
import java.util.Optional;

/** Something that happens to a rollout. */
public sealed interface RolloutEvent {

    /** Its turn has come. */
    record Begun(Splitting.Canary plan) implements RolloutEvent {}

    /** Its turn has come, and it cannot begin. */
    record Impossible(String why) implements RolloutEvent {}

    /** Both versions were watched for a while. */
    record Looked(Window window) implements RolloutEvent {}

    /** The same, while a change of the policy waits to be confirmed: it may be rolled back, and goes on to nothing. */
    record LookedHeld(Window window) implements RolloutEvent {}

    /**
     * A webhook answered, or did not in time.
     *
     * @param since of the question that it answers; the answer to another one changes nothing
     * @param said what came of it, such as {@code answered 204 in 12 ms}
     * @param settled whether no change of the policy waits to be confirmed; otherwise it goes on later
     */
    record WebhookAnswered(String webhook, Instant since, Answer answer, String said, boolean settled)
            implements RolloutEvent {}

    /** What a webhook says. */
    enum Answer {
        AGREES,
        FAILS
    }

    record PauseAsked(ChangeNote note) implements RolloutEvent {}

    record ResumeAsked(ChangeNote note) implements RolloutEvent {}

    record PromotionAsked(ChangeNote note) implements RolloutEvent {}

    record RollbackAsked(ChangeNote note) implements RolloutEvent {}

    /** It is to end, when its canary is not in the policy any more: what is there now stays. */
    record AbandonAsked(ChangeNote note) implements RolloutEvent {}

    /**
     * Somebody else changed the service's policy.
     *
     * @param revision the one in force now; 0 when none is
     * @param canary what it says of a rollout of the same versions; empty when it has none
     * @param weight what the candidate gets now
     * @param stage which of the canary's stages is in force now, as in {@link Rollout#stage}
     * @param note who changed it
     */
    record PolicyChanged(long revision, Optional<Splitting.Canary> canary, Weight weight, int stage, ChangeNote note)
            implements RolloutEvent {}
}
