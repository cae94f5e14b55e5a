package io.signalbox.mesh.metrics;

import java.time.Duration;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/**
 * Latencies since they were last taken, in buckets 1 % wide: about 50 KB, however many are recorded.
 *
 * <p>Any thread may record, without a lock; one thread at a time may take.
 */
final class IntervalLatency {

    private static final long FINEST_NANOS = 1_000;
    private static final long LONGEST_NANOS = Duration.ofMinutes(10).toNanos();
    private static final int DIGITS = 2;

    private final Recorder recorder = new Recorder(FINEST_NANOS, LONGEST_NANOS, DIGITS);
    private @Nullable Histogram spare;

    /** Counts one latency; what lies outside 0 to ten minutes counts as the nearer end. */
    void record(long nanos) {
        recorder.recordValue(Math.clamp(nanos, 0, LONGEST_NANOS));
    }

    Histogram take() {
        Histogram interval = recorder.getIntervalHistogram(spare);
        spare = interval;
        Histogram taken = new Histogram(FINEST_NANOS, Math.max(2 * FINEST_NANOS, interval.getMaxValue()), DIGITS);
        taken.add(interval);
        return taken;
    }
}
