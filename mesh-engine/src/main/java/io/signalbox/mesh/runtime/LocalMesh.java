package io.signalbox.mesh.runtime;

import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.RunningMesh;
import io.signalbox.mesh.client.RunningMeshes;
import io.signalbox.mesh.config.AccessToken;
import io.signalbox.mesh.config.PolicyFormat;
import io.signalbox.mesh.controlplane.ControlPlane;
import io.signalbox.mesh.controlplane.Doorkeeper;
import io.signalbox.mesh.controlplane.EmbeddedMesh;
import io.signalbox.mesh.controlplane.Keeping;
import io.signalbox.mesh.controlplane.http.ControlPlaneServer;
import io.signalbox.mesh.event.EventLog;
import io.signalbox.mesh.event.MeshEvent;
import io.signalbox.mesh.metrics.MeshScrape;
import io.signalbox.mesh.metrics.ScrapeFormat;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.Health;
import io.signalbox.mesh.model.ServiceInstance;
import io.signalbox.mesh.model.UnknownNameException;
import io.signalbox.mesh.proxy.SharedResources;
import io.signalbox.mesh.proxy.Sidecar;
import io.signalbox.mesh.proxy.SidecarSpec;
import io.signalbox.mesh.registry.HealthCheckConfig;
import io.signalbox.mesh.registry.HealthChecker;
import io.signalbox.mesh.registry.NetworkProbe;
import io.signalbox.mesh.registry.ServiceRegistry;
import io.signalbox.mesh.scenario.Scenario;
import io.signalbox.mesh.store.LocalStore;
import io.signalbox.mesh.store.Store;
import io.signalbox.mesh.time.Scheduler;
import io.signalbox.mesh.time.SystemScheduler;
import io.signalbox.mesh.time.Ticker;
import io.signalbox.mesh.tls.MeshCertificateAuthority;
import io.signalbox.mesh.tls.ServiceIdentity;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * The composition of a whole mesh in this process. Safe from any thread.
 *
 * <p>What is opened is closed in the opposite order: members, then the control plane's listener, the control plane, the
 * health checks, the transport, and the clocks last.
 */
public final class LocalMesh implements Mesh {

    /** How long an instance stays registered without a heartbeat. */
    private static final Duration LEASE = Duration.ofSeconds(30);

    private static final Duration HEARTBEAT = Duration.ofSeconds(5);
    private static final int EVENTS_KEPT = 10_000;
    private static final ChangeNote AT_START = new ChangeNote("start", "");

    private final InstantSource clock = InstantSource.system();
    private final Deque<Runnable> toClose = new ArrayDeque<>();
    private final Deque<EmbeddedMember> members = new ConcurrentLinkedDeque<>();
    private final SystemScheduler scheduler;
    private final MeshCertificateAuthority authority;
    private final SharedResources shared;
    private final EventLog events;
    private final ControlPlane controlPlane;
    private final ControlPlaneServer server;
    private final RunningMesh running;

    private LocalMesh(MeshOptions options, RunningMeshes meshes) {
        Ticker ticker = Ticker.system();
        RandomGenerator random = new SharedRandom();
        scheduler = new SystemScheduler("mesh-scheduler");
        toClose.push(scheduler::close);
        authority = new MeshCertificateAuthority(options.trustDomain(), clock, new SecureRandom());
        shared = SharedResources.start(ticker, clock, random);
        toClose.push(shared::close);
        events = new EventLog(clock, EVENTS_KEPT);
        ServiceRegistry registry = new ServiceRegistry(LEASE, ticker, clock);
        toClose.push(registry.expireWith(scheduler)::cancel);
        HealthChecker checker = new HealthChecker(
                registry,
                new NetworkProbe(HealthCheckConfig.DEFAULT.timeout()),
                HealthCheckConfig.DEFAULT,
                scheduler,
                random);
        toClose.push(checker::close);
        Store store = LocalStore.inMemory(ticker, scheduler);
        toClose.push(store::close);
        ExecutorService disk = DiskThread.start();
        toClose.push(disk::close);
        HttpWebhooks webhooks = new HttpWebhooks(WebhookRules.LOOPBACK, ticker, clock);
        toClose.push(webhooks::close);
        controlPlane = new ControlPlane(
                options.name(),
                ticker,
                clock,
                scheduler,
                disk,
                registry,
                events,
                shared.decisions(),
                shared.spans(),
                shared.mirrors(),
                Keeping.newest(store),
                webhooks);
        toClose.push(controlPlane::close);
        controlPlane.adoptions().attach(new Adoptions(this::embed, this::ports, this::hasInstance));
        AccessToken token = AccessToken.generate(new SecureRandom());
        String name = meshes.freeName(options.name());
        Path tokenFile = meshes.tokenFile(name);
        try {
            server = ControlPlaneServer.start(
                    controlPlane, Doorkeeper.of(token), options.controlPort(), this::writeMetrics);
            toClose.push(server::close);
            token.write(tokenFile);
            running = new RunningMesh(
                    name, server.uri(), tokenFile, ProcessHandle.current().pid());
            meshes.publish(running);
        } catch (RuntimeException e) {
            closeAll();
            throw e;
        }
        toClose.push(() -> meshes.withdraw(running));
    }

    /**
     * Starts everything but members.
     *
     * @param meshes where word of this mesh is left, so that commands find it
     */
    public static LocalMesh start(MeshOptions options, RunningMeshes meshes) {
        return new LocalMesh(options, meshes);
    }

    @Override
    public MeshMember join(MemberSpec spec) {
        return embed(spec);
    }

    @Override
    public void registerExternal(ServiceInstance instance) {
        controlPlane.members().register(instance);
        keepAlive(instance.serviceName(), instance.instanceId());
    }

    @Override
    public void applyPolicy(String yaml) {
        controlPlane.policies().put(PolicyFormat.read(yaml), OptionalLong.empty(), AT_START);
    }

    @Override
    public void attach(Scenario scenario) {
        controlPlane.scenario().attach(scenario);
    }

    @Override
    public MeshConnection connection() {
        return new EmbeddedMesh(controlPlane);
    }

    @Override
    public URI controlPlane() {
        return server.uri();
    }

    @Override
    public Path tokenFile() {
        return running.tokenFile();
    }

    public EventLog events() {
        return events;
    }

    @Override
    public void close() {
        members.forEach(MeshMember::close);
        closeAll();
    }

    private EmbeddedMember embed(MemberSpec spec) {
        ServiceIdentity identity = authority.issue(spec.service(), spec.instanceId());
        events.append(new MeshEvent.CertificateIssued(
                spec.service(), spec.instanceId(), identity.id().toString(), identity.notAfter()));
        Sidecar sidecar = Sidecar.start(sidecarSpec(spec, identity), shared);
        sidecar.onCircuitMoved(
                (endpoint, transition) -> events.append(EmbeddedSidecar.event(sidecar.spec(), endpoint, transition)));
        sidecar.onEjection((service, move) -> events.append(EmbeddedSidecar.event(sidecar.spec(), service, move)));
        EmbeddedSidecar link = new EmbeddedSidecar(sidecar, clock);
        controlPlane.attach(link);
        Scheduler.Cancellable heartbeat = () -> {};
        if (sidecar.inboundPort().isPresent()) {
            try {
                controlPlane.members().register(registration(spec, sidecar, identity));
            } catch (RuntimeException e) {
                controlPlane.detach(link);
                sidecar.close();
                throw e;
            }
            heartbeat = keepAlive(spec.service(), spec.instanceId());
        }
        EmbeddedMember member = new EmbeddedMember(sidecar, link, controlPlane, heartbeat, members::remove);
        members.push(member);
        return member;
    }

    private Map<Integer, String> ports() {
        Map<Integer, String> ports = new HashMap<>();
        members.forEach(member -> ports.putAll(member.ports()));
        ports.put(server.port(), "the control plane");
        return ports;
    }

    private boolean hasInstance(String name) {
        return members.stream().anyMatch(member -> member.instanceId().equals(name))
                || controlPlane.members().serviceOf(name).isPresent();
    }

    private void closeAll() {
        for (Runnable next = toClose.poll(); next != null; next = toClose.poll()) {
            next.run();
        }
    }

    private void writeMetrics(OutputStream out, ScrapeFormat format) throws IOException {
        MeshScrape.write(
                out, format, members.stream().map(EmbeddedMember::metrics).toList());
    }

    private static SidecarSpec sidecarSpec(MemberSpec spec, ServiceIdentity identity) {
        SidecarSpec sidecar = spec.appPort().isPresent()
                ? SidecarSpec.of(
                        spec.service(),
                        spec.version(),
                        spec.instanceId(),
                        spec.appPort().getAsInt(),
                        identity)
                : SidecarSpec.client(spec.service(), spec.instanceId(), identity);
        SidecarSpec called = sidecar.withAppProtocol(spec.protocol())
                .withTcp(spec.tcp().stream().collect(Collectors.toMap(Function.identity(), _ -> 0)));
        SidecarSpec placed = Optional.ofNullable(spec.metadata().get("zone"))
                .map(called::withZone)
                .orElse(called);
        return spec.defaultService().map(placed::withDefaultService).orElse(placed);
    }

    private ServiceInstance registration(MemberSpec spec, Sidecar sidecar, ServiceIdentity identity) {
        Map<String, String> metadata = new HashMap<>(spec.metadata());
        metadata.put("version", spec.version());
        metadata.put("spiffe_id", identity.id().toString());
        metadata.put("health_url", EmbeddedMember.loopback(sidecar.adminPort()) + "/ready");
        Instant now = clock.instant();
        return new ServiceInstance(
                spec.service(),
                spec.instanceId(),
                SidecarSpec.LOOPBACK,
                sidecar.inboundPort().orElseThrow(),
                spec.protocol(),
                metadata,
                Health.HEALTHY,
                now,
                now);
    }

    /** Renews the lease until cancelled; whoever deregistered the instance is not gainsaid. */
    private Scheduler.Cancellable keepAlive(String service, String instance) {
        return scheduler.scheduleEvery(HEARTBEAT, () -> {
            try {
                controlPlane.members().heartbeat(service, Optional.of(instance));
            } catch (UnknownNameException e) {
                // Deregistered by someone: it stays so.
            }
        });
    }
}
