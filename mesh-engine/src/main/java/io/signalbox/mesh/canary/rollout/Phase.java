package io.signalbox.mesh.canary.rollout;

import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.status.AbOutcome;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where a rollout stands. */
public sealed interface Phase {

    /** It waits for its turn: a service has one rollout at a time. */
    record Queued() implements Phase {}

    /** It goes on by itself as the evidence allows. */
    sealed interface Underway extends Phase {}

    /** The candidate has the share of a step; the next one is taken when the evidence allows. */
    record Running() implements Underway {}

    /** The last share is reached; it has to hold for the bake time. */
    record Baking() implements Underway {}

    /** Somebody has to say that it goes on. */
    record AtGate(Gate gate) implements Underway {}

    /**
     * Webhooks are asked, one after the other; with the last of them it goes on.
     *
     * @param behind what follows
     * @param why in whose name, and by which verdict, it goes on
     * @param since when they are asked; tells this question from the same one at another time
     */
    record Asking(Gate behind, ChangeNote why, Instant since, List<WebhookCall> calls) implements Underway {

        public Asking {
            calls = List.copyOf(calls);
        }

        /** The one whose answer is waited for; empty when none is. */
        public Optional<WebhookCall> open() {
            return calls.stream()
                    .filter(call -> call.state() == WebhookCall.State.OPEN)
                    .findFirst();
        }

        Asking with(WebhookCall now) {
            return new Asking(
                    behind,
                    why,
                    since,
                    calls.stream()
                            .map(call -> call.webhook().equals(now.webhook()) ? now : call)
                            .toList());
        }

        /** The same question, put anew. */
        Asking anew(Instant now) {
            return new Asking(
                    behind,
                    why,
                    now,
                    calls.stream()
                            .map(call -> WebhookCall.toBeAsked(call.webhook(), now))
                            .toList());
        }
    }

    /** What is behind a gate. */
    enum Gate {
        /** The next step. */
        STEP,
        /** The end: all requests go to the candidate. */
        PROMOTION
    }

    /**
     * It holds its share, whatever the evidence says, until somebody resumes or ends it.
     *
     * @param note who paused it, and why
     * @param before what it goes back to
     */
    record Paused(ChangeNote note, Instant since, Underway before) implements Phase {}

    /** Nothing becomes of it any more. */
    sealed interface Ended extends Phase {

        Instant at();

        /** Who ended it, and why. */
        ChangeNote note();
    }

    /** The candidate is the stable version. */
    record Promoted(Instant at, ChangeNote note) implements Ended {}

    /** The candidate gets nothing. */
    record RolledBack(Instant at, ChangeNote note) implements Ended {}

    /**
     * An experiment has come to its end.
     *
     * @param outcome who has won, if anybody
     */
    record Decided(Instant at, ChangeNote note, AbOutcome outcome) implements Ended {}

    /** It was taken out of the queue. */
    record Withdrawn(Instant at, ChangeNote note) implements Ended {}

    /** It could not begin. */
    record Failed(Instant at, ChangeNote note) implements Ended {}
}
