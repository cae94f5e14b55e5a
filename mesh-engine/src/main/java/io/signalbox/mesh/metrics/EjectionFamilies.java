package io.signalbox.mesh.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.signalbox.mesh.model.EjectionReason;
import java.util.function.Consumer;

/** Endpoints that one sidecar leaves out: how many times, and whether now. */
final class EjectionFamilies {

    private final Counter ejections;

    EjectionFamilies(PrometheusRegistry registry, Consumer<GaugeWithCallback.Callback> ejected) {
        ejections = Counter.builder()
                .name("signalbox_ejections_total")
                .help("Times that outlier detection left an endpoint out, by why.")
                .labelNames("source", "destination", "endpoint", "reason")
                .register(registry);
        GaugeWithCallback.builder()
                .name("signalbox_endpoint_ejected")
                .help("1 for an endpoint that is left out now, 0 for the others.")
                .labelNames("source", "destination", "endpoint")
                .callback(ejected)
                .register(registry);
    }

    void ejected(String source, String destination, String endpoint, EjectionReason reason) {
        ejections.labelValues(source, destination, endpoint, reason.wireName()).inc();
    }
}
