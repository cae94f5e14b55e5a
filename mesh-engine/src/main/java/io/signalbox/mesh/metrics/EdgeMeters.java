package io.signalbox.mesh.metrics;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.signalbox.mesh.model.RetryCondition;

/** The data points of one edge in the Prometheus families; instances of a version share theirs. */
final class EdgeMeters {

    private static final double NANOS_PER_SECOND = 1e9;

    private final String source;
    private final EdgeKey key;
    private final Counter requests;
    private final Counter retries;
    private final DistributionDataPoint duration;

    EdgeMeters(String source, EdgeKey key, Counter requests, Counter retries, Histogram durations) {
        this.source = source;
        this.key = key;
        this.requests = requests;
        this.retries = retries;
        duration = durations.labelValues(source, key.destination(), key.version(), protocol());
    }

    CounterDataPoint requests(Outcome outcome) {
        return requests.labelValues(
                source, key.destination(), key.version(), protocol(), outcome.codeLabel(), outcome.causeLabel());
    }

    void observe(long nanos) {
        duration.observe(nanos / NANOS_PER_SECOND);
    }

    void retry(RetryCondition reason) {
        retries.labelValues(source, key.destination(), key.version(), protocol(), reason.wireName())
                .inc();
    }

    private String protocol() {
        return key.protocol().wireName();
    }
}
