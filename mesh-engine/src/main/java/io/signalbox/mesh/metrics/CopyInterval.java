package io.signalbox.mesh.metrics;

import io.signalbox.mesh.model.InvalidValueException;
import org.HdrHistogram.Histogram;

/**
 * What became of requests and of their copies to another version of the same service, since somebody last asked.
 *
 * @param version that gets the copies
 * @param primary what callers got, of the requests that were copied or failed before they could be
 * @param copy what the version answered
 */
public record CopyInterval(String destination, String version, Side primary, Side copy) {

    /**
     * One side.
     *
     * @param failures of the requests, that failed
     * @param latency to the answer's head, in nanoseconds within 1 %; belongs to the receiver
     */
    public record Side(long requests, long failures, Histogram latency) {

        public Side {
            InvalidValueException.unless(requests >= 0, "requests", requests, ">= 0");
            InvalidValueException.unless(failures >= 0 && failures <= requests, "failures", failures, "0.." + requests);
        }
    }
}
