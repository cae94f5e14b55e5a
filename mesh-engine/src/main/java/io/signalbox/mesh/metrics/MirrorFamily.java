package io.signalbox.mesh.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Locale;

/** The Prometheus family of the copies that one sidecar sent, or did not send. Safe to use from any thread. */
final class MirrorFamily {

    private final String source;
    private final Counter copies;

    MirrorFamily(PrometheusRegistry registry, String source) {
        this.source = source;
        copies = Counter.builder()
                .name("signalbox_mirrored_requests_total")
                .help("Requests that were to be mirrored, by what became of the copy.")
                .labelNames("source", "destination", "to", "result")
                .register(registry);
    }

    void ended(String destination, String to, MirrorResult result) {
        copies.labelValues(
                        source,
                        destination,
                        to,
                        result.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .inc();
    }
}
