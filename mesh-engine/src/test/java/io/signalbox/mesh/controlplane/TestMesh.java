package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.config.PolicyFormat;
import io.signalbox.mesh.event.EventLog;
import io.signalbox.mesh.event.MeshEvent;
import io.signalbox.mesh.event.RecordedEvent;
import io.signalbox.mesh.explain.DecisionLog;
import io.signalbox.mesh.mirror.MirrorLog;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.Health;
import io.signalbox.mesh.model.Protocol;
import io.signalbox.mesh.model.ServiceInstance;
import io.signalbox.mesh.model.status.EdgeStatus;
import io.signalbox.mesh.model.status.MeshSnapshot;
import io.signalbox.mesh.model.status.ServiceKind;
import io.signalbox.mesh.model.status.ServiceStatus;
import io.signalbox.mesh.model.status.SplitStatus;
import io.signalbox.mesh.registry.ServiceRegistry;
import io.signalbox.mesh.store.LocalStore;
import io.signalbox.mesh.store.Store;
import io.signalbox.mesh.time.ManualTime;
import io.signalbox.mesh.time.Scheduler;
import io.signalbox.mesh.time.Ticker;
import io.signalbox.mesh.trace.SpanLog;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Function;

/** A control plane on manual time with a small shop in it: shoppers call catalog v1 (two instances) and v2. */
public final class TestMesh implements AutoCloseable {

    public static final ChangeNote NOTE = new ChangeNote("mira", "to see");
    public static final String CANARY = """
        apiVersion: signalbox.io/v1
        kind: TrafficPolicy
        service: catalog
        canary: {stable: v1, candidate: v2, initialWeight: 10}
        """;

    public final ManualTime time = new ManualTime();
    public final EventLog events = new EventLog(time, 1_000);
    public final ServiceRegistry registry = new ServiceRegistry(Duration.ofHours(1), time, time);
    public final DecisionLog decisions = new DecisionLog(8, 8);
    public final MirrorLog mirrors = new MirrorLog();
    public final Store store;
    public final SpanLog spans = new SpanLog(64, time);
    public final ControlPlane controlPlane;
    public final FakeSidecar shoppers = new FakeSidecar("shoppers", "shoppers-1", ServiceKind.CLIENT);
    public final FakeSidecar catalog = new FakeSidecar("catalog", "catalog-1", ServiceKind.SERVICE);

    public TestMesh() {
        this(Keeping::newest, LocalStore::inMemory);
    }

    /** On a store that somebody else may have written to. */
    public TestMesh(Function<Store, Keeping> keeping, BiFunction<Ticker, Scheduler, Store> opening) {
        this(keeping, opening, Runnable::run);
    }

    /** With a disk that is as slow as the executor lets it be. */
    TestMesh(Function<Store, Keeping> keeping, BiFunction<Ticker, Scheduler, Store> opening, Executor executor) {
        this(keeping, opening, executor, WebhookSender.none());
    }

    /** With webhooks that it may ask. */
    TestMesh(
            Function<Store, Keeping> keeping,
            BiFunction<Ticker, Scheduler, Store> opening,
            Executor executor,
            WebhookSender webhooks) {
        store = opening.apply(time, time);
        controlPlane = new ControlPlane(
                "test",
                time,
                time,
                time,
                executor,
                registry,
                events,
                decisions,
                spans,
                mirrors,
                keeping.apply(store),
                webhooks);
        controlPlane.attach(shoppers);
        controlPlane.attach(catalog);
        register("catalog", "catalog-1", "v1");
        register("catalog", "catalog-2", "v1");
        register("catalog", "catalog-v2-1", "v2");
        register("reviews", "reviews-1", "v1");
    }

    public ServiceInstance register(String service, String id, String version) {
        return register(service, id, Map.of("version", version));
    }

    public ServiceInstance register(String service, String id, Map<String, String> metadata) {
        Map<String, String> all = new HashMap<>(metadata);
        all.putIfAbsent("spiffe_id", "spiffe://test/" + service);
        if (metadata.containsKey("kind")) {
            all.remove("spiffe_id");
        }
        return controlPlane
                .members()
                .register(new ServiceInstance(
                        service,
                        id,
                        "127.0.0.1",
                        8080,
                        Protocol.HTTP,
                        all,
                        Health.HEALTHY,
                        time.instant(),
                        time.instant()));
    }

    public PolicyRevision put(String yaml) {
        return controlPlane.policies().put(PolicyFormat.read(yaml), OptionalLong.empty(), NOTE);
    }

    /** Lets half a second pass: one tick. */
    public MeshSnapshot tick() {
        time.advance(ControlPlane.TICK);
        return controlPlane.snapshot();
    }

    public MeshSnapshot after(Duration duration) {
        time.advance(duration);
        return controlPlane.snapshot();
    }

    public ServiceStatus service(String name) {
        return controlPlane.snapshot().services().stream()
                .filter(service -> service.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    public EdgeStatus edge(String id) {
        return controlPlane.snapshot().edges().stream()
                .filter(edge -> edge.id().toString().equals(id))
                .findFirst()
                .orElseThrow();
    }

    public SplitStatus split(String service) {
        return controlPlane.snapshot().splits().stream()
                .filter(split -> split.service().equals(service))
                .findFirst()
                .orElseThrow();
    }

    public <T extends MeshEvent> List<T> events(Class<T> type) {
        return events.after(0, 1_000).stream()
                .map(RecordedEvent::event)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    @Override
    public void close() {
        controlPlane.close();
        store.close();
    }
}
