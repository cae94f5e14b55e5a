package io.signalbox.mesh.controlplane;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * Which reports may tell of what was before a change of weights, too: the first one of each sidecar soon after it. For one
 * thread at a time.
 */
final class FirstReports {

    /** How long after a change a sidecar may still tell of what was before it. */
    private static final Duration MIXED = Duration.ofSeconds(2);

    private final long changedAtNanos;
    private final Set<SidecarLink> heard = new HashSet<>();

    FirstReports(long changedAtNanos) {
        this.changedAtNanos = changedAtNanos;
    }

    /** Whether this report of a sidecar may; asked once of each. */
    boolean mixes(SidecarLink teller, long nowNanos) {
        return nowNanos - changedAtNanos < MIXED.toNanos() && heard.add(teller);
    }
}
