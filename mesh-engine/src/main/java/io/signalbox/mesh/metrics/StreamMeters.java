package io.signalbox.mesh.metrics;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import java.util.Arrays;

/** The data points of one edge's TCP connections; instances of a version share theirs. */
final class StreamMeters {

    private final CounterDataPoint opened;
    private final Counter closed;
    private final CounterDataPoint received;
    private final CounterDataPoint sent;
    private final String[] labels;

    /** @param labels source, destination, version, protocol */
    StreamMeters(Counter opened, Counter closed, Counter received, Counter sent, String... labels) {
        this.opened = opened.labelValues(labels);
        this.closed = closed;
        this.received = received.labelValues(labels);
        this.sent = sent.labelValues(labels);
        this.labels = labels.clone();
    }

    void opened() {
        opened.inc();
    }

    void received(int bytes) {
        received.inc(bytes);
    }

    void sent(int bytes) {
        sent.inc(bytes);
    }

    CounterDataPoint closed(Outcome outcome) {
        String[] all = Arrays.copyOf(labels, labels.length + 1);
        all[labels.length] = outcome.causeLabel();
        return closed.labelValues(all);
    }
}
