package io.signalbox.mesh.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.function.Consumer;

/** The Prometheus families of one sidecar's TCP connections. */
final class StreamFamilies {

    private final Counter opened;
    private final Counter closed;
    private final Counter received;
    private final Counter sent;

    StreamFamilies(PrometheusRegistry registry, Consumer<GaugeWithCallback.Callback> open) {
        opened = Counter.builder()
                .name("signalbox_tcp_connections_opened_total")
                .help("TCP connections that reached an endpoint.")
                .labelNames("source", "destination", "version", "protocol")
                .register(registry);
        closed = Counter.builder()
                .name("signalbox_tcp_connections_closed_total")
                .help("TCP connections that ended or reached no endpoint, by why.")
                .labelNames("source", "destination", "version", "protocol", "cause")
                .register(registry);
        received = Counter.builder()
                .name("signalbox_tcp_received_bytes_total")
                .unit(Unit.BYTES)
                .help("Bytes that the application got over TCP connections.")
                .labelNames("source", "destination", "version", "protocol")
                .register(registry);
        sent = Counter.builder()
                .name("signalbox_tcp_sent_bytes_total")
                .unit(Unit.BYTES)
                .help("Bytes that the application sent over TCP connections.")
                .labelNames("source", "destination", "version", "protocol")
                .register(registry);
        GaugeWithCallback.builder()
                .name("signalbox_tcp_connections_open")
                .help("TCP connections that have not ended, or are being made.")
                .labelNames("source", "destination", "version", "protocol")
                .callback(open)
                .register(registry);
    }

    StreamMeters meters(String... labels) {
        return new StreamMeters(opened, closed, received, sent, labels);
    }
}
