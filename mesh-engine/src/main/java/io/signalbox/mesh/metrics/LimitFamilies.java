package io.signalbox.mesh.metrics;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Collection;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** The Prometheus families of one sidecar's concurrency limits; services without a limit have no series. */
final class LimitFamilies {

    private static final String[] LABELS = {"source", "destination"};

    private final String source;
    private final Supplier<? extends Collection<LimitReading>> limits;

    LimitFamilies(PrometheusRegistry registry, String source, Supplier<? extends Collection<LimitReading>> limits) {
        this.source = source;
        this.limits = limits;
        gauge(
                registry,
                "signalbox_concurrency_limit",
                "Requests to the service that may be under way at once.",
                LimitReading::limit);
        gauge(
                registry,
                "signalbox_concurrency_in_flight",
                "Places under the concurrency limit that are held.",
                LimitReading::inFlight);
        gauge(
                registry,
                "signalbox_concurrency_waiting",
                "Requests that wait for a place under the concurrency limit.",
                LimitReading::waiting);
        CounterWithCallback.builder()
                .name("signalbox_concurrency_refused_total")
                .help("Requests that got no place under the concurrency limit.")
                .labelNames(LABELS)
                .callback(counter -> limits.get()
                        .forEach(reading -> counter.call((double) reading.refused(), source, reading.destination())))
                .register(registry);
    }

    private void gauge(PrometheusRegistry registry, String name, String help, ToDoubleFunction<LimitReading> value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames(LABELS)
                .callback(gauge -> limits.get()
                        .forEach(reading -> gauge.call(value.applyAsDouble(reading), source, reading.destination())))
                .register(registry);
    }
}
