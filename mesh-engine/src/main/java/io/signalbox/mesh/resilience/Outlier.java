package io.signalbox.mesh.resilience;

import io.signalbox.mesh.model.OutlierDetection.SuccessRateRule;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * What one sidecar's {@link OutlierDetector} keeps of one endpoint.
 *
 * <p>Calls that end while it is left out say nothing: they began before. For any number of threads.
 */
public final class Outlier {

    private final OutlierDetector detector;
    private final String instance;
    private final AtomicInteger failuresInARow = new AtomicInteger();
    private final LongAdder successes = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private volatile @Nullable Out out;

    Outlier(OutlierDetector detector, String instance) {
        this.detector = detector;
        this.instance = instance;
    }

    /** The last time it was left out. */
    private record Out(long untilNanos, Ejection ejection) {}

    public void succeeded() {
        if (isEjected()) {
            return;
        }
        if (failuresInARow.get() != 0) {
            failuresInARow.set(0);
        }
        compare(successes);
    }

    public void failed() {
        if (isEjected()) {
            return;
        }
        int inARow = failuresInARow.incrementAndGet();
        if (inARow >= detector.config().consecutiveFailures()) {
            detector.failedInARow(this, inARow);
        }
        compare(failures);
    }

    /** Whether it is to be left out now. */
    public boolean isEjected() {
        Out last = out;
        return last != null && detector.nanos() - last.untilNanos < 0;
    }

    /** Why it is left out now, if it is. */
    public Optional<Ejection> ejection() {
        Out last = out;
        return last == null || detector.nanos() - last.untilNanos >= 0 ? Optional.empty() : Optional.of(last.ejection);
    }

    String instance() {
        return instance;
    }

    void eject(long untilNanos, Ejection ejection) {
        failuresInARow.set(0);
        out = new Out(untilNanos, ejection);
    }

    /** How often it has been left out, less one for each base time that it has served since. */
    int timesInSuccession(long now, long baseNanos) {
        Out last = out;
        return last == null
                ? 0
                : (int) Math.max(0, last.ejection.times() - Math.max(0, now - last.untilNanos) / baseNanos);
    }

    OutlierDetector.Counts drain() {
        return new OutlierDetector.Counts(successes.sumThenReset(), failures.sumThenReset());
    }

    private void compare(LongAdder one) {
        SuccessRateRule rule = detector.config().successRate().orElse(null);
        if (rule != null) {
            one.increment();
            detector.compareWhenDue(rule);
        }
    }
}
