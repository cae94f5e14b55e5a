package io.signalbox.mesh.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
import java.time.Instant;
import java.util.function.Supplier;

/** The Prometheus families of one sidecar's certificate. Safe to use from any thread. */
final class CertificateFamilies {

    private final String service;
    private final Counter renewals;

    /** @param notAfter when the certificate ends, read at each scrape */
    CertificateFamilies(PrometheusRegistry registry, String service, Supplier<Instant> notAfter) {
        this.service = service;
        renewals = Counter.builder()
                .name("signalbox_certificate_renewals_total")
                .help("Attempts to renew the sidecar's certificate, by how they ended.")
                .labelNames("service", "result")
                .register(registry);
        GaugeWithCallback.builder()
                .name("signalbox_certificate_not_after_seconds")
                .unit(Unit.SECONDS)
                .help("When the sidecar's certificate ends, in seconds since 1970.")
                .labelNames("service")
                .callback(gauge -> gauge.call((double) notAfter.get().getEpochSecond(), service))
                .register(registry);
    }

    void renewed(String result) {
        renewals.labelValues(service, result).inc();
    }
}
