package io.signalbox.mesh.model.status;

import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.EdgeId;
import io.signalbox.mesh.model.Protocol;
import java.util.List;

/**
 * One service calling another, as its callers' sidecars saw it.
 *
 * @param security how the calls of the window travelled
 * @param answers of the last minute, by code and by who answered
 * @param inFlight calls that have not ended
 * @param retries attempts of the window beyond each call's first
 * @param breaker the worst state of the edge's circuits: closed only when all are
 * @param openCircuits how many of them refuse calls now
 */
public record EdgeStatus(
        EdgeId id,
        Protocol protocol,
        Security security,
        TrafficStats stats,
        List<VersionTraffic> versions,
        List<AnswerCount> answers,
        int inFlight,
        long retries,
        BreakerState breaker,
        int circuits,
        int openCircuits) {

    public EdgeStatus {
        versions = List.copyOf(versions);
        answers = List.copyOf(answers);
    }
}
