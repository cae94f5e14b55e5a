package io.signalbox.console.feed;

import io.signalbox.console.rows.History;
import io.signalbox.mesh.model.status.Latency;
import io.signalbox.mesh.model.status.VersionStatus;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
        Map<String, VersionStatus> now = new HashMap<>();
        for (VersionStatus version : versions) {
            now.put(version.version(), version);
            var _ = lines.computeIfAbsent(version.version(), name -> new Line(added));
        }
        lines.forEach((name, line) -> line.add(now.get(name)));
        lines.values().removeIf(Line::isGone);
        added = Math.min(added + 1, SAMPLES);
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

        private int missing;

        Line(int before) {
            while (success.size() < before) {
                add(null);
            }
            missing = 0;
        }

        /** @param version {@code null} where it is not there any more */
        void add(@Nullable VersionStatus version) {
            missing = version == null ? missing + 1 : 0;
            Latency latency = version == null ? null : version.stats().latency();
            success.add(
                    version == null
                            ? Double.NaN
                            : version.stats().successShare().orElse(Double.NaN) * 100);
            p99.add(latency == null ? Double.NaN : latency.p99Nanos() / NANOS_PER_MILLI);
        }

        /** Nothing of what is kept is of it. */
        boolean isGone() {
            return missing >= SAMPLES;
        }
    }
}
