package io.signalbox.console.rollouts;

import io.signalbox.console.rows.History;
import io.signalbox.mesh.model.status.RolloutStatus;
import java.time.Instant;

/** Where the evidence of one rollout stood over the last minutes, one value a look. Belongs to one thread. */
final class EvidenceTrace {

    private static final int LOOKS = 900;

    private final History times = new History(LOOKS);
    private final History lines = new History(LOOKS);

    /** What is not a number counts as nothing known. */
    void add(Instant at, RolloutStatus rollout) {
        double line = rollout.verdict().line();
        times.add((double) at.toEpochMilli());
        lines.add(Double.isNaN(line) ? 0 : Math.clamp(line, -1, 1));
    }

    int size() {
        return lines.size();
    }

    /** When the first and the last value were seen; the epoch before any. */
    Instant from() {
        return size() == 0 ? Instant.EPOCH : Instant.ofEpochMilli((long) times.values()[0]);
    }

    Instant to() {
        return size() == 0 ? Instant.EPOCH : Instant.ofEpochMilli((long) times.values()[size() - 1]);
    }

    /** From -1, roll back, to 1, advance; oldest first. */
    double[] lines() {
        return lines.values();
    }
}
