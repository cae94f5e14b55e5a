package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.metrics.CopyInterval;
import io.signalbox.mesh.metrics.EdgeInterval;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * Which reports may tell of what was before a change of weights, too: the first one of each sidecar soon after it that
 * tells of requests at all. For one thread at a time.
 */
final class FirstReports {

    /** How long after a change a sidecar may still tell of what was before it. */
    private static final Duration MIXED = Duration.ofSeconds(2);

    private final long changedAtNanos;
    private final Set<SidecarLink> heard = new HashSet<>();

    FirstReports(long changedAtNanos) {
        this.changedAtNanos = changedAtNanos;
    }

    /** Whether it tells of more than what is in flight, which is repeated while a sidecar says nothing. */
    static boolean tells(EdgeInterval interval) {
        return !interval.outcomes().isEmpty() || !interval.retries().isEmpty() || interval.splitDraws() > 0;
    }

    static boolean tells(CopyInterval interval) {
        return interval.primary().requests() > 0 || interval.copy().requests() > 0;
    }

    /** Whether this report of a sidecar, which {@code tells}, may; asked once of each. */
    boolean mixes(SidecarLink teller, long nowNanos) {
        return nowNanos - changedAtNanos < MIXED.toNanos() && heard.add(teller);
    }

    void forget(SidecarLink teller) {
        heard.remove(teller);
    }
}
