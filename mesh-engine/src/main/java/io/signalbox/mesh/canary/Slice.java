package io.signalbox.mesh.canary;

import io.signalbox.mesh.model.InvalidValueException;

/**
 * What one version did in one span of time, as its callers saw it.
 *
 * @param requests that ended; those whose caller went away are not among them
 * @param failures of these, that failed
 * @param latency of the requests that were timed, failed ones among them; need not be as many as {@code requests}
 */
public record Slice(long requests, long failures, Latencies latency) {

    /** Of a version that nobody called. */
    public static final Slice NONE = new Slice(0, 0, Latencies.NONE);

    public Slice {
        InvalidValueException.unless(requests >= 0, "requests", requests, ">= 0");
        InvalidValueException.unless(failures >= 0 && failures <= requests, "failures", failures, "0.." + requests);
    }
}
