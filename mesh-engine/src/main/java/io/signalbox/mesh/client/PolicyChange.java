package io.signalbox.mesh.client;

import io.signalbox.mesh.model.Weight;
import java.time.Instant;
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
        UNDONE
    }
}
