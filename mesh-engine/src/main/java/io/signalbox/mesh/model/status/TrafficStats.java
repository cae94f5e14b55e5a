package io.signalbox.mesh.model.status;

import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What went over an edge, to an instance or through the mesh in the last {@link #WINDOW_SECONDS} seconds.
 *
 * <p>A failure is an answer of 500 or above, or none at all; a caller that went away is neither. Rates divide by the
 * part of the window that the mesh has lived.
 *
 * @param requests ended in the window
 * @param failures of those, how many failed
 * @param totalRequests ended since the start
 * @param totalFailures of those, how many failed
 * @param latency {@code null} when nothing ended in the window
 */
public record TrafficStats(
        double requestsPerSecond,
        long requests,
        long failures,
        long totalRequests,
        long totalFailures,
        @Nullable Latency latency) {

    public static final int WINDOW_SECONDS = 10;

    public static final TrafficStats NONE = new TrafficStats(0, 0, 0, 0, 0, null);

    /** The share that succeeded in the window, 0..1; empty when nothing ended. */
    public OptionalDouble successShare() {
        return requests == 0 ? OptionalDouble.empty() : OptionalDouble.of(1 - (double) failures / requests);
    }
}
