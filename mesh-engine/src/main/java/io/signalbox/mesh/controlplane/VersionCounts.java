package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.metrics.EdgeInterval;
import io.signalbox.mesh.metrics.Outcome;
import io.signalbox.mesh.model.AnsweredBy;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What became of one version's calls.
 *
 * @param draws whose version a split chose
 * @param requests that ended, whoever chose their version
 * @param answered of them by the version itself
 * @param connections of them that were connections, streams of bytes or upgraded ones, and not single requests
 */
record VersionCounts(long draws, long requests, long answered, long connections) {

    static final VersionCounts NONE = new VersionCounts(0, 0, 0, 0);

    private static final int SWITCHING_PROTOCOLS = 101;

    static VersionCounts of(EdgeInterval interval) {
        return new VersionCounts(
                interval.splitDraws(),
                interval.requests(),
                sum(interval, outcome -> outcome.by() == AnsweredBy.UPSTREAM),
                sum(interval, outcome -> outcome.code() == Outcome.NO_CODE || outcome.code() == SWITCHING_PROTOCOLS));
    }

    VersionCounts plus(VersionCounts more) {
        return new VersionCounts(
                draws + more.draws, requests + more.requests, answered + more.answered, connections + more.connections);
    }

    private static long sum(EdgeInterval interval, Predicate<Outcome> wanted) {
        return interval.outcomes().entrySet().stream()
                .filter(ended -> wanted.test(ended.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
