package io.signalbox.mesh.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/**
 * The Prometheus family of what one sidecar did not take for its application, since a caller sent too much. Safe to use from
 * any thread.
 */
final class CallerLimitFamily {

    /** Callers come and go; what is beyond so many counts under one. */
    private static final int MOST_CALLERS = 1_024;

    private final String destination;
    private final Counter refused;
    private final BoundedNames callers = new BoundedNames(MOST_CALLERS);

    /** @param destination the sidecar's own service */
    CallerLimitFamily(PrometheusRegistry registry, String destination) {
        this.destination = destination;
        refused = Counter.builder()
                .name("signalbox_caller_limit_refused_total")
                .help("Requests that were refused where they arrived, since their caller sent too many.")
                .labelNames("source", "destination")
                .register(registry);
    }

    void refused(String source) {
        refused.labelValues(callers.of(source), destination).inc();
    }
}
