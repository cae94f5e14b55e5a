package io.signalbox.mesh.client;

import io.signalbox.mesh.model.Weight;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
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

    /** The revision that the policy has while this holds: 0 where the defaults do. */
    public long shown() {
        return switch (change) {
            case DELETED, CLEARED -> 0;
            case PUT, WEIGHTS, UNDONE -> revision;
        };
    }

    /** How many changes of a service can be undone. */
    public static final int KEPT = 100;

    /** Weights that one person sets for one reason within this time of one another are undone together. */
    public static final Duration ONE_GESTURE = Duration.ofSeconds(5);

    /**
     * Whether any of these is left to undo.
     *
     * @param newestFirst all that are told of a service
     */
    public static boolean anyToUndo(List<PolicyChange> newestFirst) {
        Deque<Optional<PolicyChange>> standing = new ArrayDeque<>();
        Optional<PolicyChange> before = Optional.empty();
        for (PolicyChange change : newestFirst.reversed()) {
            switch (change.change()) {
                case PUT, DELETED -> standing.push(before);
                case WEIGHTS -> {
                    if (before.filter(change::continues).isEmpty()) {
                        standing.push(before);
                    }
                }
                case UNDONE, CLEARED -> change.takeBack(standing);
            }
            before = Optional.of(change);
        }
        // Of older ones, which may not be among these, some may stand.
        return !standing.isEmpty() || newestFirst.size() >= KEPT;
    }

    /** What waited to be confirmed was undone as a whole, up to where the policy said the same. */
    private void takeBack(Deque<Optional<PolicyChange>> standing) {
        boolean reached = false;
        while (!reached && !standing.isEmpty()) {
            reached = standing.pop().filter(this::saysTheSame).isPresent();
        }
    }

    private boolean saysTheSame(PolicyChange other) {
        return yaml.equals(other.yaml) && Objects.equals(candidateWeight, other.candidateWeight);
    }

    /** Whether this is one more move of the lever whose last one came just before. */
    private boolean continues(PolicyChange before) {
        return change == Change.WEIGHTS
                && before.change == Change.WEIGHTS
                && before.by.equals(by)
                && before.reason.equals(reason)
                && Duration.between(before.at, at).compareTo(ONE_GESTURE) < 0;
    }
}
