package io.signalbox.mesh.proxy.outbound;

import io.signalbox.mesh.mirror.KeptAnswer;
import io.signalbox.mesh.mirror.MirrorReport;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Answers to one request that are compared once all of them have ended. One that never ends, as when the call is given up,
 * is compared with nothing. Belongs to the exchange's thread.
 */
final class Comparison {

    private final MirrorReport report;
    private final Set<String> ignored;
    private final KeptAnswer primary;
    private final KeptAnswer mirror;
    private final @Nullable KeptAnswer second;
    private int awaited;
    private boolean primaryWhole;
    private boolean mirrorWhole;
    private boolean secondWhole;

    /** @param second of another primary; {@code null} when none is asked */
    Comparison(
            MirrorReport report,
            Set<String> ignored,
            KeptAnswer primary,
            KeptAnswer mirror,
            @Nullable KeptAnswer second) {
        this.report = report;
        this.ignored = ignored;
        this.primary = primary;
        this.mirror = mirror;
        this.second = second;
        this.awaited = second == null ? 2 : 3;
    }

    KeptAnswer primary() {
        return primary;
    }

    void primaryDelivered() {
        primaryWhole = true;
        ended();
    }

    void mirrorEnded(boolean whole) {
        mirrorWhole = whole;
        ended();
    }

    void secondEnded(boolean whole) {
        secondWhole = whole;
        ended();
    }

    private void ended() {
        awaited--;
        if (awaited > 0 || !primaryWhole) {
            return;
        }
        if (mirrorWhole) {
            report.compare(primary, mirror, ignored);
        }
        KeptAnswer other = second;
        if (other != null && secondWhole) {
            report.learn(primary, other, ignored);
        }
    }
}
