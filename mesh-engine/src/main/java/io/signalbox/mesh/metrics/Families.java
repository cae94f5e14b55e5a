package io.signalbox.mesh.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.Unit;
import java.time.Instant;
import java.util.Collection;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The Prometheus families of one sidecar. */
final class Families {

    private static final double[] UPPER_BOUNDS = {
        0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10
    };

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Counter requests;
    private final Counter retries;
    private final Histogram durations;

    private final StreamFamilies streams;
    private final FaultFamily faults;
    private final EjectionFamilies ejections;

    Families(
            Consumer<GaugeWithCallback.Callback> inFlight,
            Consumer<GaugeWithCallback.Callback> openStreams,
            Consumer<GaugeWithCallback.Callback> breakers,
            Consumer<GaugeWithCallback.Callback> ejected) {
        streams = new StreamFamilies(registry, openStreams);
        faults = new FaultFamily(registry);
        ejections = new EjectionFamilies(registry, ejected);
        requests = Counter.builder()
                .name("signalbox_requests_total")
                .help("Requests that ended, by how.")
                .labelNames("source", "destination", "version", "protocol", "code", "cause")
                .register(registry);
        retries = Counter.builder()
                .name("signalbox_retries_total")
                .help("Attempts that were tried again, by why.")
                .labelNames("source", "destination", "version", "protocol", "reason")
                .register(registry);
        durations = Histogram.builder()
                .name("signalbox_request_duration_seconds")
                .unit(Unit.SECONDS)
                .help("Time from a request's arrival at the caller's sidecar to the end of its answer.")
                .labelNames("source", "destination", "version", "protocol")
                .classicUpperBounds(UPPER_BOUNDS)
                .withoutExemplars()
                .register(registry);
        GaugeWithCallback.builder()
                .name("signalbox_requests_in_flight")
                .help("Requests that have not ended.")
                .labelNames("source", "destination", "version", "protocol")
                .callback(inFlight)
                .register(registry);
        GaugeWithCallback.builder()
                .name("signalbox_breaker_state")
                .help("1 for the state that a circuit is in, 0 for the others.")
                .labelNames("source", "destination", "endpoint", "state")
                .callback(breakers)
                .register(registry);
    }

    /** @param source the sidecar's own service */
    MirrorFamily mirrors(String source) {
        return new MirrorFamily(registry, source);
    }

    /** @param destination the sidecar's own service */
    CallerLimitFamily callerLimits(String destination) {
        return new CallerLimitFamily(registry, destination);
    }

    CertificateFamilies certificates(String service, Supplier<Instant> notAfter) {
        return new CertificateFamilies(registry, service, notAfter);
    }

    /** @param destination the sidecar's own service */
    AccessMeter access(String destination) {
        return new AccessMeter(registry, destination);
    }

    FaultFamily faults() {
        return faults;
    }

    EjectionFamilies ejections() {
        return ejections;
    }

    EdgeMeters meters(String source, EdgeKey key) {
        return new EdgeMeters(source, key, this);
    }

    Counter requests() {
        return requests;
    }

    Counter retries() {
        return retries;
    }

    Histogram durations() {
        return durations;
    }

    /** Adds those of the concurrency limits, which are read at each scrape. */
    void limits(String source, Supplier<? extends Collection<LimitReading>> limits) {
        LimitFamilies _ = new LimitFamilies(registry, source, limits);
    }

    StreamFamilies streams() {
        return streams;
    }

    MetricSnapshots scrape() {
        return registry.scrape();
    }
}
