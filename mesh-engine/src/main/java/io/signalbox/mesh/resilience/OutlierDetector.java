package io.signalbox.mesh.resilience;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.signalbox.mesh.model.OutlierDetection;
import io.signalbox.mesh.model.OutlierDetection.SuccessRateRule;
import io.signalbox.mesh.time.Nanos;
import io.signalbox.mesh.time.Ticker;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * Finds those endpoints of one service that do worse than they should, and leaves them out for a while.
 *
 * <p>An endpoint is left out for {@code baseEjection} times the number of times in near succession, at most
 * {@code maxEjection}, less up to a tenth by chance, so that those left out together do not return together. Never more
 * of them than the allowed share (as Envoy's outlier detection).
 *
 * <p>For any number of threads; only leaving out, and comparing success rates once an interval, take a lock.
 */
public final class OutlierDetector {

    private static final double JITTER = 0.1;

    private final Ticker ticker;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final AtomicLong comparedNanos;
    private volatile OutlierDetection config;

    @GuardedBy("this")
    private final Map<String, Outlier> endpoints = new HashMap<>();

    public OutlierDetector(OutlierDetection config, Ticker ticker, InstantSource clock, RandomGenerator random) {
        this.config = config;
        this.ticker = ticker;
        this.clock = clock;
        this.random = random;
        this.comparedNanos = new AtomicLong(ticker.nanos());
    }

    /** Follows the new limits from the next call on; who is left out stays so until the time it was told. */
    public void configure(OutlierDetection newConfig) {
        config = newConfig;
    }

    /** What is kept of that endpoint, which counts among the service's from now on. */
    public synchronized Outlier of(String instance) {
        return endpoints.computeIfAbsent(instance, name -> new Outlier(this));
    }

    /** Forgets every other endpoint: shares are of these. */
    public synchronized void keep(Set<String> instances) {
        endpoints.keySet().retainAll(instances);
        for (String instance : instances) {
            Outlier _ = of(instance);
        }
    }

    OutlierDetection config() {
        return config;
    }

    long nanos() {
        return ticker.nanos();
    }

    synchronized void failedInARow(Outlier outlier, int failures) {
        eject(outlier, new Ejection.Why.FailuresInARow(failures), ticker.nanos());
    }

    /** Compares the endpoints with each other if an interval has passed; of many threads, one does. */
    void compareWhenDue(SuccessRateRule rule) {
        long now = ticker.nanos();
        long last = comparedNanos.get();
        if (now - last >= Nanos.of(rule.interval()) && comparedNanos.compareAndSet(last, now)) {
            compare(rule, now);
        }
    }

    private synchronized void compare(SuccessRateRule rule, long now) {
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
                        now);
            }
        }
    }

    @GuardedBy("this")
    private void eject(Outlier outlier, Ejection.Why why, long now) {
        OutlierDetection limits = config;
        long allowed = (long) Math.floor(limits.maxEjectedShare() * endpoints.size());
        long out = endpoints.values().stream().filter(Outlier::isEjected).count();
        if (outlier.isEjected() || out >= allowed || !endpoints.containsValue(outlier)) {
            return;
        }
        long base = Nanos.of(limits.baseEjection());
        int times = outlier.timesInSuccession(now, base) + 1;
        double longest = Math.min((double) base * times, (double) Nanos.of(limits.maxEjection()));
        long length = (long) (longest * (1 - JITTER * random.nextDouble()));
        outlier.eject(
                now + length,
                new Ejection(why, times, clock.instant(), clock.instant().plusNanos(length)));
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
