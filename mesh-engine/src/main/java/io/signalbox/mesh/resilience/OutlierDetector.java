package io.signalbox.mesh.resilience;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.signalbox.mesh.model.EjectionEnd;
import io.signalbox.mesh.model.OutlierDetection;
import io.signalbox.mesh.model.OutlierDetection.SuccessRateRule;
import io.signalbox.mesh.time.Nanos;
import io.signalbox.mesh.time.Ticker;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Finds those endpoints of one service that do worse than they should, and leaves them out for a while.
 *
 * <p>An endpoint is left out for {@code baseEjection} times the number of times in near succession, at most
 * {@code maxEjection}, less up to a tenth by chance, so that those left out together do not return together. Never more
 * of them than the allowed share (as Envoy's outlier detection).
 *
 * <p>For any number of threads; only leaving out, and comparing success rates once an interval, take a lock. Who is left
 * out is told at once, by the thread whose call decided it and outside the lock; that its time is over, when somebody
 * asks for it by {@link #tellReturned}.
 */
public final class OutlierDetector {

    private static final double JITTER = 0.1;

    private final Ticker ticker;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final AtomicLong comparedNanos;
    private final Consumer<? super OutlierMove> told;
    private volatile OutlierDetection config;

    @GuardedBy("this")
    private final Map<String, Outlier> endpoints = new HashMap<>();

    /** Those of whom it was told that they are left out, and not yet that they serve again. */
    @GuardedBy("this")
    private final List<Outlier> leftOut = new ArrayList<>();

    /** @param told learns who is left out, and who serves again; must be quick */
    public OutlierDetector(
            OutlierDetection config,
            Ticker ticker,
            InstantSource clock,
            RandomGenerator random,
            Consumer<? super OutlierMove> told) {
        this.config = config;
        this.ticker = ticker;
        this.clock = clock;
        this.random = random;
        this.told = told;
        this.comparedNanos = new AtomicLong(ticker.nanos());
    }

    /** Follows the new limits from the next call on; who is left out stays so until the time it was told. */
    public void configure(OutlierDetection newConfig) {
        config = newConfig;
    }

    /** What is kept of that endpoint, which counts among the service's from now on. */
    public synchronized Outlier of(String instance) {
        return endpoints.computeIfAbsent(instance, name -> new Outlier(this, name));
    }

    /** Forgets every other endpoint: shares are of these. */
    public void keep(Set<String> instances) {
        List<OutlierMove> moves;
        synchronized (this) {
            endpoints.keySet().retainAll(instances);
            for (String instance : instances) {
                Outlier _ = of(instance);
            }
            moves = returned(EjectionEnd.NOT_LISTED);
        }
        moves.forEach(told);
    }

    /** Forgets all endpoints: nobody is left out from now on. */
    public void stop() {
        List<OutlierMove> moves;
        synchronized (this) {
            endpoints.clear();
            moves = returned(EjectionEnd.RULE_REMOVED);
        }
        moves.forEach(told);
    }

    /** Tells of those who serve again since this was last asked. */
    public void tellReturned() {
        List<OutlierMove> moves;
        synchronized (this) {
            moves = returned(EjectionEnd.NOT_LISTED);
        }
        moves.forEach(told);
    }

    /** Takes those out of the list who serve again: their time is over, or they are forgotten, for that reason. */
    @GuardedBy("this")
    private List<OutlierMove> returned(EjectionEnd whyForgotten) {
        List<OutlierMove> moves = new ArrayList<>();
        for (Iterator<Outlier> each = leftOut.iterator(); each.hasNext(); ) {
            Outlier outlier = each.next();
            boolean over = !outlier.isEjected();
            if (over || !isKnown(outlier)) {
                each.remove();
                moves.add(new OutlierMove.Returned(outlier.instance(), over ? EjectionEnd.TIME_OVER : whyForgotten));
            }
        }
        return moves;
    }

    @GuardedBy("this")
    private boolean isKnown(Outlier outlier) {
        return outlier.equals(endpoints.get(outlier.instance()));
    }

    OutlierDetection config() {
        return config;
    }

    long nanos() {
        return ticker.nanos();
    }

    void failedInARow(Outlier outlier, int failures) {
        List<OutlierMove> moves = new ArrayList<>();
        synchronized (this) {
            eject(outlier, new Ejection.Why.FailuresInARow(failures), ticker.nanos(), moves);
        }
        moves.forEach(told);
    }

    /** Compares the endpoints with each other if an interval has passed; of many threads, one does. */
    void compareWhenDue(SuccessRateRule rule) {
        long now = ticker.nanos();
        long last = comparedNanos.get();
        if (now - last >= Nanos.of(rule.interval()) && comparedNanos.compareAndSet(last, now)) {
            List<OutlierMove> moves = new ArrayList<>();
            synchronized (this) {
                compare(rule, now, moves);
            }
            moves.forEach(told);
        }
    }

    @GuardedBy("this")
    private void compare(SuccessRateRule rule, long now, List<OutlierMove> moves) {
        List<Rated> rated = endpoints.values().stream()
                .map(outlier -> new Rated(outlier, outlier.drain()))
                .filter(one -> one.counts.calls() >= rule.minimumCalls() && !one.outlier.isEjected())
                .toList();
        if (rated.size() < rule.minimumEndpoints()) {
            return;
        }
        double mean = rated.stream().mapToDouble(Rated::rate).average().orElse(1);
        double variance = rated.stream()
                .mapToDouble(one -> (one.rate() - mean) * (one.rate() - mean))
                .average()
                .orElse(0);
        double threshold = mean - rule.deviations() * Math.sqrt(variance);
        for (Rated one : rated) {
            if (one.rate() < threshold) {
                eject(
                        one.outlier,
                        new Ejection.Why.LowSuccessRate(one.rate(), mean, threshold, one.counts.calls()),
                        now,
                        moves);
            }
        }
    }

    @GuardedBy("this")
    private void eject(Outlier outlier, Ejection.Why why, long now, List<OutlierMove> moves) {
        OutlierDetection limits = config;
        long allowed = (long) Math.floor(limits.maxEjectedShare() * endpoints.size());
        int out = (int) endpoints.values().stream().filter(Outlier::isEjected).count();
        if (outlier.isEjected() || out >= allowed || !isKnown(outlier)) {
            return;
        }
        moves.addAll(returned(EjectionEnd.NOT_LISTED));
        long base = Nanos.of(limits.baseEjection());
        int times = outlier.timesInSuccession(now, base) + 1;
        double longest = Math.min((double) base * times, (double) Nanos.of(limits.maxEjection()));
        long length = (long) (longest * (1 - JITTER * random.nextDouble()));
        Instant at = clock.instant();
        Ejection ejection = new Ejection(why, times, at, at.plusNanos(length), out + 1, endpoints.size());
        outlier.eject(now + length, ejection);
        leftOut.add(outlier);
        moves.add(new OutlierMove.Ejected(outlier.instance(), ejection));
    }

    /** How many calls succeeded and failed since the last comparison. */
    record Counts(long successes, long failures) {

        long calls() {
            return successes + failures;
        }
    }

    private record Rated(Outlier outlier, Counts counts) {

        double rate() {
            return counts.successes() / (double) counts.calls();
        }
    }
}
