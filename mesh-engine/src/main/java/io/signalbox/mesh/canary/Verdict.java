package io.signalbox.mesh.canary;

import io.signalbox.mesh.model.status.VerdictReason;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the evidence says about the candidate, with the numbers behind it. */
public sealed interface Verdict {

    /** Everything that was looked at, always in the order of {@link Check.Name}; what the criteria switch off is left out. */
    List<Check> checks();

    /** Where the evidence stands between its borders, all checks together. */
    Position position();

    VerdictReason reason();

    /** One plain sentence of why. */
    default String why() {
        return Sentences.of(reason());
    }

    /** The candidate is not worse by a margin, and keeps its thresholds: the next step may be taken. */
    record Advance(List<Check> checks, Position position, VerdictReason reason) implements Verdict {
        public Advance {
            checks = List.copyOf(checks);
        }
    }

    /** The candidate is worse than stable, or breaks a fixed threshold. */
    record RollBack(List<Check> checks, Position position, VerdictReason reason) implements Verdict {
        public RollBack {
            checks = List.copyOf(checks);
        }
    }

    /**
     * Neither is known yet: hold.
     *
     * @param moreRequests about how many requests to both versions together are missing, if the candidate is as good as
     *     stable; 0 when it is not requests that are missing, or when it cannot be told
     * @param atThisRate about how long they take; {@code null} when nothing comes, or in more than a year
     */
    record NotEnough(
            List<Check> checks,
            Position position,
            VerdictReason reason,
            long moreRequests,
            @Nullable Duration atThisRate)
            implements Verdict {
        public NotEnough {
            checks = List.copyOf(checks);
        }
    }

    /** Stable breaks its own objective, so nothing is said about the candidate: hold. */
    record EnvironmentBad(List<Check> checks, Position position, VerdictReason reason) implements Verdict {
        public EnvironmentBad {
            checks = List.copyOf(checks);
        }
    }
}
