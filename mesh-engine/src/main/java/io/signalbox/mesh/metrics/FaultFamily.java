package io.signalbox.mesh.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.signalbox.mesh.model.Fault;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The Prometheus family of the faults that one sidecar brought about. Safe to use from any thread. */
final class FaultFamily {

    /** Names come and go with policies; what is beyond so many counts under one. */
    private static final int MOST_NAMES = 256;

    private static final String OTHER = "other";

    private final Counter injected;
    private final Set<String> names = ConcurrentHashMap.newKeySet();

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
                        known(fault) ? fault : OTHER,
                        switch (side) {
                            case CLIENT -> "client";
                            case SERVER -> "server";
                        })
                .inc();
    }

    private boolean known(String fault) {
        if (!names.contains(fault) && names.size() < MOST_NAMES) {
            names.add(fault);
        }
        return names.contains(fault);
    }
}
