package io.signalbox.console.feed;

import io.signalbox.console.rows.History;
import io.signalbox.mesh.model.status.Latency;
import io.signalbox.mesh.model.status.VersionStatus;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How each version of a service did over the last five minutes, one value a snapshot.
 *
 * <p>All versions have the same number of values; where a version had no traffic stands {@link Double#NaN}. Used on the FX thread only.
 */
public final class VersionHistory {

    static final int SAMPLES = 600;

    private final Map<String, Line> lines = new HashMap<>();
    private final History times = new History(SAMPLES);
    private int added;

    void add(Instant at, List<VersionStatus> versions) {
        times.add((double) at.toEpochMilli());
        for (VersionStatus version : versions) {
            lines.computeIfAbsent(version.version(), name -> new Line(added)).add(version);
        }
        added = Math.min(added + 1, SAMPLES);
        lines.values().forEach(line -> line.padTo(added));
    }

    /** When the first and the last value were seen; the epoch before any. */
    public Instant from() {
        return time(0);
    }

    public Instant to() {
        return time(times.size() - 1);
    }

    private Instant time(int index) {
        return times.size() == 0 ? Instant.EPOCH : Instant.ofEpochMilli((long) times.values()[index]);
    }

    /** Success in percent, oldest first. */
    public double[] success(String version) {
        Line line = lines.get(version);
        return line == null ? new double[0] : line.success.values();
    }

    /** The 99th percentile in milliseconds, oldest first. */
    public double[] p99(String version) {
        Line line = lines.get(version);
        return line == null ? new double[0] : line.p99.values();
    }

    private static final class Line {

        private static final double NANOS_PER_MILLI = 1e6;

        private final History success = new History(SAMPLES);
        private final History p99 = new History(SAMPLES);

        Line(int missed) {
            padTo(missed);
        }

        void add(VersionStatus version) {
            Latency latency = version.stats().latency();
            success.add(version.stats().successShare().orElse(Double.NaN) * 100);
            p99.add(latency == null ? Double.NaN : latency.p99Nanos() / NANOS_PER_MILLI);
        }

        void padTo(int size) {
            while (success.size() < size) {
                success.add(Double.NaN);
                p99.add(Double.NaN);
            }
        }
    }
}
