package io.signalbox.mesh.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.signalbox.mesh.model.Fault;

/** The Prometheus family of the faults that one sidecar brought about. Safe to use from any thread. */
final class FaultFamily {

    /** Names come and go with policies; what is beyond so many counts under one. */
    private static final int MOST_NAMES = 256;

    private final Counter injected;
    private final BoundedNames names = new BoundedNames(MOST_NAMES);

    FaultFamily(PrometheusRegistry registry) {
        injected = Counter.builder()
                .name("signalbox_faults_injected_total")
                .help("Faults of policies that befell a request or an attempt.")
                .labelNames("source", "destination", "fault", "side")
                .register(registry);
    }

    void injected(String source, String destination, String fault, Fault.Side side) {
        injected.labelValues(
                        source.isEmpty() ? EdgeKey.UNKNOWN : source,
                        destination,
                        names.of(fault),
                        switch (side) {
                            case CLIENT -> "client";
                            case SERVER -> "server";
                        })
                .inc();
    }
}
