package io.signalbox.mesh.whatif;

import io.signalbox.mesh.explain.AttemptEnd;
import io.signalbox.mesh.explain.Recalled;
import io.signalbox.mesh.explain.Recalled.Attempt;
import io.signalbox.mesh.model.Cause;
import io.signalbox.mesh.model.CircuitBreakerConfig;
import io.signalbox.mesh.resilience.CallNotes;
import io.signalbox.mesh.resilience.CircuitBreaker;
import io.signalbox.mesh.resilience.Permit;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs circuits again over how recorded attempts ended, each sidecar's to each endpoint. For one thread. */
final class CircuitReplay {

    private static final int SERVER_ERROR = 500;

    private final CircuitBreakerConfig config;
    private final Instant first;
    private final Map<Circuit, CircuitBreaker> circuits = new HashMap<>();
    private long now;

    private record Circuit(String source, String endpoint) {}

    private CircuitReplay(CircuitBreakerConfig config, Instant first) {
        this.config = config;
        this.first = first;
    }

    /**
     * Which of those would have found a circuit open at one of their attempts, by their places in the list.
     *
     * @param records the one that came last first
     */
    static BitSet refused(CircuitBreakerConfig config, List<Recalled> records) {
        BitSet refused = new BitSet();
        if (records.isEmpty()) {
            return refused;
        }
        CircuitReplay replay = new CircuitReplay(config, records.getLast().at());
        for (int place = records.size() - 1; place >= 0; place--) {
            refused.set(place, replay.refuses(records.get(place)));
        }
        return refused;
    }

    private boolean refuses(Recalled record) {
        boolean refused = false;
        for (Attempt attempt : record.attempts()) {
            Instant began = record.at().plusNanos(attempt.startNanos());
            now = Math.max(now, Duration.between(first, began).toNanos());
            Permit permit = circuits.computeIfAbsent(
                            new Circuit(record.sourceInstance(), attempt.instance()),
                            _ -> new CircuitBreaker(config, () -> now, () -> first.plusNanos(now), _ -> {}))
                    .tryAcquire();
            if (permit == null) {
                refused = true;
            } else {
                settle(permit, attempt);
            }
        }
        return refused;
    }

    private static void settle(Permit permit, Attempt attempt) {
        switch (attempt.end()) {
            case OVERTAKEN, CALLER_GONE, INTERNAL -> permit.ignore();
            case ANSWERED, BROKE_OFF, CONNECT_FAILED, RESET, REFUSED, TRY_TIMED_OUT, TIMED_OUT -> {
                if (attempt.end() == AttemptEnd.ANSWERED
                        && attempt.status() < SERVER_ERROR
                        && attempt.cause() == null) {
                    permit.success(new Notes(attempt));
                } else {
                    permit.failure(new Notes(attempt));
                }
            }
        }
    }

    /** What the attempt says of itself. */
    private record Notes(Attempt attempt) implements CallNotes {

        @Override
        public @Nullable String requestId() {
            return null;
        }

        @Override
        public int status() {
            return attempt.status();
        }

        @Override
        public @Nullable Cause cause() {
            return attempt.cause();
        }

        @Override
        public long tookNanos() {
            return attempt.durationNanos();
        }
    }
}
