package io.signalbox.mesh.metrics;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.signalbox.mesh.model.AnsweredBy;
import io.signalbox.mesh.model.Cause;
import io.signalbox.mesh.model.RetryCondition;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Counts and times the calls of one edge.
 *
 * <p>Each call is begun once and then either ended or abandoned once. Safe to use from any thread; recording takes no
 * lock, but for the first time that an outcome is seen. Look the recorder up for each request: one that has been idle
 * for minutes is retired.
 */
public final class EdgeRecorder {

    private final EdgeKey key;
    private final EdgeMeters meters;
    private final IntervalLatency latency = new IntervalLatency();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger maxInFlight = new AtomicInteger();
    private final Tally splitDraws = new Tally();
    private final Map<RetryCondition, Tally> retries = new EnumMap<>(RetryCondition.class);
    private volatile OutcomeTally[] outcomes = {};

    EdgeRecorder(EdgeKey key, EdgeMeters meters) {
        this.key = key;
        this.meters = meters;
        for (RetryCondition reason : RetryCondition.values()) {
            retries.put(reason, new Tally());
        }
    }

    public EdgeKey key() {
        return key;
    }

    /** A call is under way. */
    public void begin() {
        int now = inFlight.incrementAndGet();
        if (now > maxInFlight.get()) {
            maxInFlight.accumulateAndGet(now, Math::max);
        }
    }

    /** A call that was begun ended like this; counts it. */
    public void end(int status, AnsweredBy by, @Nullable Cause cause, long durationNanos) {
        inFlight.decrementAndGet();
        OutcomeTally tally = tally(Outcome.bounded(status), by, cause);
        tally.calls.increment();
        tally.published.inc();
        latency.record(durationNanos);
        meters.observe(durationNanos);
    }

    /** A connection that was begun stands. */
    public void streamOpened() {
        meters.stream().opened();
    }

    /** So many bytes more went to the endpoint. */
    public void streamSent(int bytes) {
        meters.stream().sent(bytes);
    }

    /** So many bytes more came from the endpoint. */
    public void streamReceived(int bytes) {
        meters.stream().received(bytes);
    }

    /**
     * A connection that was begun ended; counts it as one call without a status.
     *
     * @param cause why it was broken off; {@code null} when both sides had ended
     * @param connectNanos how long it took to stand, or to fail
     */
    public void streamEnded(@Nullable Cause cause, long connectNanos) {
        inFlight.decrementAndGet();
        AnsweredBy by = cause == null ? AnsweredBy.UPSTREAM : AnsweredBy.MESH;
        OutcomeTally tally = tally(Outcome.NO_CODE, by, cause);
        tally.calls.increment();
        tally.published.inc();
        latency.record(connectNanos);
    }

    /** A call that was begun goes on elsewhere, such as at the endpoint of the next attempt; does not count it. */
    public void abandon() {
        inFlight.decrementAndGet();
    }

    /** An attempt at this endpoint is about to be tried again. */
    public void retry(RetryCondition reason) {
        Tally tally = retries.get(reason);
        if (tally != null) {
            tally.increment();
        }
        meters.retry(reason);
    }

    /** The version of a call was chosen by a split, and not by a routing rule. */
    public void splitDraw() {
        splitDraws.increment();
    }

    public int inFlight() {
        return inFlight.get();
    }

    /** What happened since this was last called; one caller at a time. */
    EdgeInterval drain() {
        Map<Outcome, Long> ended = new HashMap<>();
        for (OutcomeTally tally : outcomes) {
            long calls = tally.calls.take();
            if (calls > 0) {
                ended.put(tally.outcome, calls);
            }
        }
        Map<RetryCondition, Long> retried = new EnumMap<>(RetryCondition.class);
        retries.forEach((reason, tally) -> {
            long attempts = tally.take();
            if (attempts > 0) {
                retried.put(reason, attempts);
            }
        });
        int now = inFlight.get();
        int most = Math.max(now, maxInFlight.getAndSet(now));
        return new EdgeInterval(key, ended, retried, splitDraws.take(), latency.take(), now, most);
    }

    private OutcomeTally tally(int code, AnsweredBy by, @Nullable Cause cause) {
        for (OutcomeTally tally : outcomes) {
            if (tally.is(code, by, cause)) {
                return tally;
            }
        }
        return added(new Outcome(code, by, cause));
    }

    private synchronized OutcomeTally added(Outcome outcome) {
        OutcomeTally[] known = outcomes;
        for (OutcomeTally tally : known) {
            if (tally.outcome.equals(outcome)) {
                return tally;
            }
        }
        OutcomeTally tally = new OutcomeTally(outcome, meters.ended(outcome));
        OutcomeTally[] more = Arrays.copyOf(known, known.length + 1);
        more[known.length] = tally;
        outcomes = more;
        return tally;
    }

    /** A count that only grows, and how much of it was already taken. */
    private static final class Tally {
        private final LongAdder total = new LongAdder();
        private long taken;

        void increment() {
            total.increment();
        }

        long take() {
            long now = total.sum();
            long more = now - taken;
            taken = now;
            return more;
        }
    }

    private static final class OutcomeTally {
        private final Outcome outcome;
        private final CounterDataPoint published;
        private final Tally calls = new Tally();

        OutcomeTally(Outcome outcome, CounterDataPoint published) {
            this.outcome = outcome;
            this.published = published;
        }

        boolean is(int code, AnsweredBy by, @Nullable Cause cause) {
            return outcome.code() == code && outcome.by() == by && outcome.cause() == cause;
        }
    }
}
