package io.signalbox.mesh.canary;

import java.time.Duration;

/** Requests and failures of both versions over some time. */
record Tally(Duration time, long stableRequests, long stableFailures, long candidateRequests, long candidateFailures) {

    static final Tally NONE = new Tally(Duration.ZERO, 0, 0, 0, 0);

    Tally plus(Window window) {
        return new Tally(
                time.plus(window.span()),
                stableRequests + window.stable().requests(),
                stableFailures + window.stable().failures(),
                candidateRequests + window.candidate().requests(),
                candidateFailures + window.candidate().failures());
    }

    long requests() {
        return stableRequests + candidateRequests;
    }
}
