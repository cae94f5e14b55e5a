package io.signalbox.mesh.client;

import io.signalbox.mesh.model.Weight;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One revision of a service's policy: what came into force, when, by whom and why.
 *
 * @param by a person or a program
 * @param reason in the words of whoever changed it; may be empty
 * @param candidateWeight what the candidate got from then on; {@code null} when the policy holds no canary
 * @param yaml the whole policy
 */
public record PolicyChange(
        long revision,
        Instant at,
        String by,
        String reason,
        Change change,
        @Nullable Weight candidateWeight,
        String yaml) {

    /** What brought a policy into force. */
    public enum Change {
        PUT,
        WEIGHTS,
        /** The defaults hold again. */
        DELETED,
        UNDONE,
        /** Undone, so that the defaults hold again as before anything was written. */
        CLEARED
    }

    /** How many changes of a service can be undone. */
    public static final int KEPT = 100;

    /**
     * Whether any of these is left to undo.
     *
     * @param newestFirst all that are told of a service
     */
    public static boolean anyToUndo(List<PolicyChange> newestFirst) {
        int standing = 0;
        for (PolicyChange change : newestFirst.reversed()) {
            standing += switch (change.change()) {
                case PUT, WEIGHTS, DELETED -> 1;
                case UNDONE, CLEARED -> standing == 0 ? 0 : -1;
            };
        }
        // Of older ones, which may not be among these, some may stand.
        return standing > 0 || newestFirst.size() >= KEPT;
    }
}
