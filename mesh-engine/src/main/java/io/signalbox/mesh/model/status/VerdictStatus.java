package io.signalbox.mesh.model.status;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the evidence says about a candidate now.
 *
 * @param why one plain sentence
 * @param reason the same with its figures, for words of other languages; {@code null} where only the sentence was told
 * @param line where the evidence stands, from -1 (roll back) over 0 (nothing known) to 1 (advance)
 * @param moreRequests about how many requests are missing to know; 0 when it is not requests that are missing, or when
 *     it cannot be told
 * @param atThisRate about how long they take; {@code null} when nothing comes, or in more than a year, or nothing is
 *     missing
 */
public record VerdictStatus(
        Kind kind,
        String why,
        @Nullable VerdictReason reason,
        double line,
        List<CheckStatus> checks,
        long moreRequests,
        @Nullable Duration atThisRate) {

    public VerdictStatus {
        checks = List.copyOf(checks);
    }

    /** What follows from it. */
    public enum Kind {
        ADVANCE,
        ROLL_BACK,
        NOT_ENOUGH,
        ENVIRONMENT_BAD
    }
}
