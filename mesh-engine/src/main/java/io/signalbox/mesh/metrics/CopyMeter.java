package io.signalbox.mesh.metrics;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.HdrHistogram.Histogram;

/**
 * Counts requests beside their copies to another version of the same service. Safe to use from any thread; one drains.
 *
 * <p>Memory is bounded by the services and versions that policies name.
 */
public final class CopyMeter {

    private static final int SERVER_ERROR = 500;

    /** Drains without a copy after which a version is forgotten: ten minutes at two a second. */
    private static final int QUIET_DRAINS = SidecarMetrics.QUIET_DRAINS;

    private record Key(String destination, String version) {}

    private final Map<Key, Pair> pairs = new ConcurrentHashMap<>();

    /** A request was answered with that status, and its copy with that one, or not at all. */
    public void copied(String destination, String version, int status, long tookNanos, int copyStatus, long copyNanos) {
        pair(destination, version).add(isFailure(status), tookNanos, isFailure(copyStatus), copyNanos);
    }

    /** A request that would have been copied, or an attempt of it, failed before there was an answer to copy it at. */
    public void failed(String destination, String version) {
        pair(destination, version).addFailed();
    }

    /** What was counted since this was last called. */
    public List<CopyInterval> drain() {
        List<CopyInterval> drained = new ArrayList<>();
        for (Map.Entry<Key, Pair> entry : List.copyOf(pairs.entrySet())) {
            Key key = entry.getKey();
            Pair pair = entry.getValue();
            CopyInterval interval = pair.take(key.destination(), key.version());
            if (interval.primary().requests() > 0) {
                drained.add(interval);
            } else if (pair.quietDrains() >= QUIET_DRAINS) {
                pairs.remove(key);
            }
        }
        return drained;
    }

    private Pair pair(String destination, String version) {
        return pairs.computeIfAbsent(new Key(destination, version), _ -> new Pair());
    }

    /** No status is no answer. */
    private static boolean isFailure(int status) {
        return status == 0 || status >= SERVER_ERROR;
    }

    /** Both sides are counted, and taken, as one, so that neither is ever ahead. */
    private static final class Pair {
        private final Side primary = new Side();
        private final Side copy = new Side();

        @GuardedBy("this")
        private int quiet;

        synchronized void add(boolean failed, long tookNanos, boolean copyFailed, long copyNanos) {
            primary.add(failed);
            primary.latency.record(tookNanos);
            copy.add(copyFailed);
            copy.latency.record(copyNanos);
        }

        synchronized void addFailed() {
            primary.add(true);
        }

        synchronized CopyInterval take(String destination, String version) {
            quiet = primary.requests == 0 ? quiet + 1 : 0;
            return new CopyInterval(destination, version, primary.take(), copy.take());
        }

        synchronized int quietDrains() {
            return quiet;
        }
    }

    /** Belongs to its pair's lock. */
    private static final class Side {
        private final IntervalLatency latency = new IntervalLatency();
        private long requests;
        private long failures;

        void add(boolean failed) {
            requests++;
            failures += failed ? 1 : 0;
        }

        CopyInterval.Side take() {
            Histogram taken = latency.take();
            CopyInterval.Side side = new CopyInterval.Side(requests, failures, taken);
            requests = 0;
            failures = 0;
            return side;
        }
    }
}
