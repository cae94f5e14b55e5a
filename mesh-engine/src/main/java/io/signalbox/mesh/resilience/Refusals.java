package io.signalbox.mesh.resilience;

import io.signalbox.mesh.model.CircuitBreakerConfig;
import io.signalbox.mesh.time.Nanos;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts the calls that a circuit refuses, from its opening on. For any number of threads, without a lock: a refusal
 * adds to one count and leaves its time.
 */
final class Refusals {

    private static final int SLICES = 32;
    private static final long NEVER = Long.MIN_VALUE;

    private final long sinceNanos;
    private final Instant since;
    private final long sliceNanos;
    private final AtomicLongArray slices = new AtomicLongArray(SLICES + 1);
    private final AtomicLong firstNanos = new AtomicLong(NEVER);
    private final AtomicLong lastNanos = new AtomicLong(NEVER);

    Refusals(long sinceNanos, Instant since, CircuitBreakerConfig config) {
        this.sinceNanos = sinceNanos;
        this.since = since;
        this.sliceNanos = Math.max(1, Nanos.of(config.openDuration()) / SLICES);
    }

    void count(long nowNanos) {
        long slice = Math.max(0, nowNanos - sinceNanos) / sliceNanos;
        slices.incrementAndGet((int) Math.min(SLICES, slice));
        if (firstNanos.get() == NEVER) {
            firstNanos.compareAndSet(NEVER, nowNanos);
        }
        lastNanos.lazySet(nowNanos);
    }

    long sum() {
        long sum = 0;
        for (int i = 0; i <= SLICES; i++) {
            sum += slices.get(i);
        }
        return sum;
    }

    Refused refused() {
        List<Long> counts = new ArrayList<>(SLICES + 1);
        for (int i = 0; i <= SLICES; i++) {
            counts.add(slices.get(i));
        }
        return new Refused(
                counts.stream().mapToLong(Long::longValue).sum(),
                at(firstNanos.get()),
                at(lastNanos.get()),
                counts,
                Duration.ofNanos(sliceNanos));
    }

    private Optional<Instant> at(long nanos) {
        return nanos == NEVER ? Optional.empty() : Optional.of(since.plusNanos(nanos - sinceNanos));
    }
}
