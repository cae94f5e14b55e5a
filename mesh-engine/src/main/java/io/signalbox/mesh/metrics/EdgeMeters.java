package io.signalbox.mesh.metrics;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.signalbox.mesh.model.Protocol;
import io.signalbox.mesh.model.RetryCondition;
import org.jspecify.annotations.Nullable;

/** The data points of one edge in the Prometheus families; instances of a version share theirs. */
final class EdgeMeters {

    private static final double NANOS_PER_SECOND = 1e9;

    private final String source;
    private final EdgeKey key;
    private final Families families;
    private final @Nullable DistributionDataPoint duration;
    private final @Nullable StreamMeters stream;

    /** An edge of streams counts connections and bytes, any other one requests and their time. */
    EdgeMeters(String source, EdgeKey key, Families families) {
        this.source = source;
        this.key = key;
        this.families = families;
        boolean streams = key.protocol() == Protocol.TCP;
        String[] labels = {source, key.destination(), key.version(), protocol()};
        stream = streams ? families.streams().meters(labels) : null;
        duration = streams ? null : families.durations().labelValues(labels);
    }

    /** The counter of calls that ended like this. */
    CounterDataPoint ended(Outcome outcome) {
        StreamMeters own = stream;
        return own == null
                ? families.requests()
                        .labelValues(
                                source,
                                key.destination(),
                                key.version(),
                                protocol(),
                                outcome.codeLabel(),
                                outcome.causeLabel())
                : own.closed(outcome);
    }

    StreamMeters stream() {
        StreamMeters own = stream;
        if (own == null) {
            throw new IllegalStateException(key + " (expected: an edge of streams)");
        }
        return own;
    }

    void observe(long nanos) {
        DistributionDataPoint own = duration;
        if (own != null) {
            own.observe(nanos / NANOS_PER_SECOND);
        }
    }

    void retry(RetryCondition reason) {
        families.retries()
                .labelValues(source, key.destination(), key.version(), protocol(), reason.wireName())
                .inc();
    }

    private String protocol() {
        return key.protocol().wireName();
    }
}
