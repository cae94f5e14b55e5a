package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.config.PolicyFormat;
import io.signalbox.mesh.event.EventLog;
import io.signalbox.mesh.explain.DecisionLog;
import io.signalbox.mesh.mirror.MirrorLog;
import io.signalbox.mesh.model.Health;
import io.signalbox.mesh.model.Protocol;
import io.signalbox.mesh.model.ServiceInstance;
import io.signalbox.mesh.registry.ServiceRegistry;
import io.signalbox.mesh.store.LocalStore;
import io.signalbox.mesh.store.SharedCopy;
import io.signalbox.mesh.store.Store;
import io.signalbox.mesh.time.ManualTime;
import io.signalbox.mesh.time.Ticker;
import io.signalbox.mesh.trace.SpanLog;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/** Two control planes that share a store, each on a time of its own, so that one can stand still. */
final class SharedMesh implements AutoCloseable {

    static final Duration LIFE = Duration.ofSeconds(30);

    final ManualTime time = new ManualTime();
    final Store store = LocalStore.inMemory(time, time);
    final Plane a = new Plane("a");
    final Plane b = new Plane("b");

    /** One of them. */
    final class Plane implements AutoCloseable {
        final ManualTime time = new ManualTime();
        private final AtomicLong slept = new AtomicLong();
        private final Ticker ticker = () -> time.nanos() + slept.get();
        final CuttableStore way = new CuttableStore(store);
        final Replica replica;
        final ServiceRegistry registry = new ServiceRegistry(LIFE, ticker, time);
        final EventLog events = new EventLog(time, 1_000);
        final Keeping keeping;
        final ControlPlane controlPlane;

        Plane(String id) {
            replica = new Replica(way, SharedCopy.unrestored(way), id, time, ticker, time);
            keeping = Keeping.shared(way, replica);
            controlPlane = new ControlPlane(
                    "test",
                    ticker,
                    time,
                    time,
                    Runnable::run,
                    registry,
                    events,
                    new DecisionLog(8, 8),
                    new SpanLog(64, time),
                    new MirrorLog(),
                    keeping,
                    WebhookSender.none());
            replica.start(URI.create("http://127.0.0.1:1/" + id));
        }

        PolicyRevision put(String timeout) {
            return controlPlane
                    .policies()
                    .put(
                            PolicyFormat.read("apiVersion: signalbox.io/v1\nkind: TrafficPolicy\nservice: catalog\n"
                                    + "timeout: " + timeout + "\n"),
                            OptionalLong.empty(),
                            TestMesh.NOTE);
        }

        ServiceInstance register(String service, String id, String version) {
            return controlPlane
                    .members()
                    .register(new ServiceInstance(
                            service,
                            id,
                            "127.0.0.1",
                            8080,
                            Protocol.HTTP,
                            Map.of("version", version),
                            Health.HEALTHY,
                            time.instant(),
                            time.instant()));
        }

        boolean has(String service, String id) {
            return controlPlane.members().registered(service, id);
        }

        /** It did nothing for so long, and knows it by its clock alone. */
        void slept(Duration duration) {
            slept.addAndGet(duration.toNanos());
        }

        boolean leads() {
            return replica.fence().isPresent();
        }

        @Override
        public void close() {
            controlPlane.close();
            replica.close();
        }
    }

    /** Lets time pass for the store and for one of them, while the other stands still. */
    void passWithout(Plane still, Duration duration) {
        Plane other = still == a ? b : a;
        for (Duration left = duration; left.isPositive(); left = left.minusMillis(250)) {
            time.advance(Duration.ofMillis(250));
            other.time.advance(Duration.ofMillis(250));
        }
    }

    void pass(Duration duration) {
        for (Duration left = duration; left.isPositive(); left = left.minusMillis(250)) {
            time.advance(Duration.ofMillis(250));
            a.time.advance(Duration.ofMillis(250));
            b.time.advance(Duration.ofMillis(250));
        }
    }

    @Override
    public void close() {
        a.close();
        b.close();
        store.close();
    }
}
