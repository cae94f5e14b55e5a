package io.signalbox.mesh.client;

import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.status.RolloutStatus;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The rollouts of a mesh. What is asked of a rollout that does not stand where it can be done is a conflict; each answer is
 * the rollout as it is then.
 */
public interface Rollouts {

    /** Of each service the one that goes on or ended last, then those that wait for their turn; in order of service. */
    List<RolloutStatus> list();

    /** Of one service, in the same order. */
    default List<RolloutStatus> of(String service) {
        return list().stream()
                .filter(rollout -> rollout.service().equals(service))
                .toList();
    }

    /** The one that goes on or ended last. */
    default Optional<RolloutStatus> current(String service) {
        return of(service).stream().findFirst();
    }

    /** Those that ended, newest first. */
    List<RolloutStatus> history(String service);

    /** Begins at once, or when those before it have ended. */
    RolloutStatus start(String service, RolloutRequest request, ChangeNote note);

    /**
     * Holds its share until it is resumed.
     *
     * @param number of the rollout that is meant, and a conflict when another has taken its place; empty for whichever it is
     */
    RolloutStatus pause(String service, OptionalLong number, ChangeNote note);

    /** Goes on from where it was paused, or through the gate where it waits. */
    RolloutStatus resume(String service, OptionalLong number, ChangeNote note);

    /** Gives all requests to the candidate, which is the stable version from then on. */
    RolloutStatus promote(String service, OptionalLong number, ChangeNote note);

    /** Takes all requests from the candidate. */
    RolloutStatus rollBack(String service, OptionalLong number, ChangeNote note);

    /** Takes one that waits out of the queue. */
    RolloutStatus withdraw(String service, long number, ChangeNote note);
}
