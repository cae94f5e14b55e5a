package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.model.Health;
import io.signalbox.mesh.model.status.Latency;
import io.signalbox.mesh.model.status.ServiceHealth;
import io.signalbox.mesh.model.status.TrafficStats;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** When a service counts as well, degraded or failing. */
final class HealthRules {

    private static final double WELL = 0.99;
    private static final double FAILING = 0.95;

    /** An instance is slow when it takes this many times as long as its peers … */
    private static final long TIMES_SLOWER = 3;

    /** … and at least this much longer, … */
    private static final long SLOWER_NANOS = Duration.ofMillis(5).toNanos();

    /** … judged on at least this many calls, for the median and for the 99th percentile. */
    private static final long CALLS_FOR_P50 = 20;

    private static final long CALLS_FOR_P99 = 100;

    private HealthRules() {}

    static ServiceHealth ofCaller(TrafficStats stats) {
        return ofTraffic(stats).orElse(ServiceHealth.IDLE);
    }

    static ServiceHealth ofInstance(TrafficStats stats, Health checked, boolean slow) {
        if (checked == Health.UNHEALTHY) {
            return ServiceHealth.FAILING;
        }
        return orSlow(ofTraffic(stats), slow);
    }

    /** @param serving how many of the instances get new requests */
    static ServiceHealth ofGroup(TrafficStats stats, int instances, int serving, boolean slow) {
        if (serving == 0) {
            return ServiceHealth.FAILING;
        }
        Optional<ServiceHealth> traffic = ofTraffic(stats);
        boolean bad = traffic.filter(health -> health == ServiceHealth.FAILING).isPresent();
        return serving < instances && !bad ? ServiceHealth.DEGRADED : orSlow(traffic, slow);
    }

    private static ServiceHealth orSlow(Optional<ServiceHealth> traffic, boolean slow) {
        boolean well = traffic.filter(health -> health != ServiceHealth.OK).isEmpty();
        return slow && well ? ServiceHealth.DEGRADED : traffic.orElse(ServiceHealth.IDLE);
    }

    private static Optional<ServiceHealth> ofTraffic(TrafficStats stats) {
        return stats.successShare().stream()
                .mapToObj(share -> share >= WELL
                        ? ServiceHealth.OK
                        : share >= FAILING ? ServiceHealth.DEGRADED : ServiceHealth.FAILING)
                .findFirst();
    }

    /** Whether an instance has enough calls to be found slow. */
    static boolean isJudged(TrafficStats own) {
        return own.requests() >= CALLS_FOR_P50;
    }

    /** Whether an instance is much slower than the slowest of its peers that has enough calls to compare with. */
    static boolean slow(TrafficStats own, List<TrafficStats> peers) {
        return slower(own, peers, CALLS_FOR_P50, Latency::p50Nanos)
                || slower(own, peers, CALLS_FOR_P99, Latency::p99Nanos);
    }

    private static boolean slower(
            TrafficStats own, List<TrafficStats> peers, long calls, ToLongFunction<Latency> quantile) {
        Latency latency = own.latency();
        if (own.requests() < calls || latency == null) {
            return false;
        }
        long mine = quantile.applyAsLong(latency);
        return peers.stream()
                .filter(peer -> peer.requests() >= calls)
                .flatMap(peer -> Optional.ofNullable(peer.latency()).stream())
                .mapToLong(quantile)
                .max()
                .stream()
                .anyMatch(theirs -> mine > TIMES_SLOWER * theirs && mine - theirs > SLOWER_NANOS);
    }
}
