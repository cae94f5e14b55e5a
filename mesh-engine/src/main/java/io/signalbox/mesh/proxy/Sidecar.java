package io.signalbox.mesh.proxy;

import io.signalbox.mesh.metrics.BreakerReading;
import io.signalbox.mesh.metrics.EdgeInterval;
import io.signalbox.mesh.metrics.LimitReading;
import io.signalbox.mesh.metrics.SidecarMetrics;
import io.signalbox.mesh.model.BreakerCommand;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.CircuitBreakerConfig;
import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.model.MeshConfig;
import io.signalbox.mesh.model.Protocol;
import io.signalbox.mesh.model.ServiceConfig;
import io.signalbox.mesh.proxy.admin.AdminRequests;
import io.signalbox.mesh.proxy.inbound.InboundRequests;
import io.signalbox.mesh.proxy.inbound.InboundStreams;
import io.signalbox.mesh.proxy.outbound.CircuitListener;
import io.signalbox.mesh.proxy.outbound.CircuitView;
import io.signalbox.mesh.proxy.outbound.Circuits;
import io.signalbox.mesh.proxy.outbound.EjectionListener;
import io.signalbox.mesh.proxy.outbound.OutboundRequests;
import io.signalbox.mesh.proxy.transport.Listener;
import io.signalbox.mesh.proxy.transport.ListenerSpec;
import io.signalbox.mesh.proxy.transport.PortUnavailableException;
import io.signalbox.mesh.proxy.transport.RequestHandler;
import io.signalbox.mesh.proxy.transport.Target;
import io.signalbox.mesh.resilience.Ejection;
import io.signalbox.mesh.resilience.Opening;
import io.signalbox.mesh.resilience.OutlierMove;
import io.signalbox.mesh.resilience.TraceDeadlines;
import io.signalbox.mesh.tls.MeshTls;
import io.signalbox.mesh.tls.ServiceIdentity;
import io.signalbox.mesh.tls.SpiffeId;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One sidecar: an inbound listener for what other sidecars send to its application, an outbound one for what its
 * application sends to others, one more for each service that it calls over TCP, and an admin one that tells about it.
 *
 * <p>It serves from {@link #start} to {@link #close}, and knows no service before the first {@link #apply}. Safe to use
 * from any thread.
 */
public final class Sidecar implements AutoCloseable {

    /** For what the admin listener is asked last. */
    private static final Duration ADMIN_DRAIN = Duration.ofSeconds(1);

    private final SidecarSpec spec;
    private final SharedResources shared;
    private final @Nullable MeshTls tls;
    private final SidecarMetrics metrics;
    private final Circuits circuits;
    private final OutboundRequests outbound;
    private final TraceDeadlines deadlines;
    private final List<Listener> listeners = new ArrayList<>();
    private final @Nullable InboundRequests inbound;
    private final @Nullable InboundStreams inboundStreams;
    private final @Nullable Listener inboundListener;
    private final Listener outboundListener;
    private final Listener adminListener;
    private final SortedMap<String, Listener> tcpListeners = new TreeMap<>();
    private volatile MeshConfig config;
    private volatile boolean draining;

    private Sidecar(SidecarSpec spec, SharedResources shared, MeshConfig first, Set<String> revoked) {
        this.spec = spec;
        this.shared = shared;
        ServiceIdentity identity = spec.identity();
        this.tls = identity == null ? null : new MeshTls(identity, shared.clock());
        this.metrics =
                new SidecarMetrics(spec.service(), spec.instanceId(), this::breakerReadings, this::limitReadings);
        MeshTls shown = tls;
        if (shown != null) {
            shown.revoke(revoked);
            metrics.certificate(() -> shown.identity().notAfter());
        }
        this.circuits = new Circuits(this::targetOf, shared.ticker(), shared.clock(), shared.random());
        onEjection((service, move) -> {});
        this.deadlines = new TraceDeadlines(shared.ticker());
        this.outbound = new OutboundRequests(
                new OutboundRequests.Environment(
                        spec.service(),
                        spec.instanceId(),
                        circuits,
                        metrics,
                        shared.spans(),
                        shared.decisions(),
                        shared.mirrors(),
                        shared.ticker(),
                        shared.clock(),
                        shared.random()),
                identity == null ? null : identity.id().toString(),
                spec.defaultService(),
                spec.zone(),
                deadlines);
        Integer appPort = spec.appPort();
        this.inbound = appPort == null || spec.appProtocol() == Protocol.TCP ? null : inbound(appPort);
        this.inboundStreams = appPort == null || inbound != null
                ? null
                : new InboundStreams(spec.service(), application(appPort), metrics.access());
        tell(first, outbound, inbound, inboundStreams);
        this.config = first;
        this.inboundListener = inbound == null
                ? streamListener(inboundStreams)
                : inboundListener(at -> shared.transport().listen(at, inbound));
        this.outboundListener = onLoopback("outbound", spec.ports().outbound(), outbound);
        this.adminListener = onLoopback("admin", spec.ports().admin(), admin(appPort));
        spec.tcp().forEach((service, port) -> tcpListeners.put(service, tcpListener(service, port)));
    }

    /**
     * Opens the listeners.
     *
     * @throws PortUnavailableException when a port cannot be bound; nothing is left open then
     */
    public static Sidecar start(SidecarSpec spec, SharedResources shared) {
        return start(spec, shared, MeshConfig.EMPTY, Set.of());
    }

    /**
     * The same, of one who knows its configuration before anybody can call.
     *
     * @param revoked services that are not believed
     */
    public static Sidecar start(SidecarSpec spec, SharedResources shared, MeshConfig first, Set<String> revoked) {
        return new Sidecar(spec, shared, first, revoked);
    }

    public SidecarSpec spec() {
        return spec;
    }

    /** Empty for a sidecar that only calls. */
    public OptionalInt inboundPort() {
        return inboundListener == null ? OptionalInt.empty() : OptionalInt.of(inboundListener.port());
    }

    public int outboundPort() {
        return outboundListener.port();
    }

    public int adminPort() {
        return adminListener.port();
    }

    /** Where the application reaches each service that it calls over TCP, by the service's name. */
    public SortedMap<String, Integer> tcpPorts() {
        SortedMap<String, Integer> ports = new TreeMap<>();
        tcpListeners.forEach((service, listener) -> ports.put(service, listener.port()));
        return ports;
    }

    /** Follows the new configuration from the next request on; requests at hand end under the one they began with. */
    public void apply(MeshConfig next) {
        tell(next, outbound, inbound, inboundStreams);
        config = next;
    }

    private static void tell(
            MeshConfig next,
            OutboundRequests outbound,
            @Nullable InboundRequests inbound,
            @Nullable InboundStreams streams) {
        outbound.apply(next);
        if (inbound != null) {
            inbound.apply(next);
        }
        if (streams != null) {
            streams.apply(next);
        }
    }

    public MeshConfig config() {
        return config;
    }

    /** What happened on each edge since this was last called, and who serves again; meant for a single reader. */
    public List<EdgeInterval> drainTelemetry() {
        circuits.tellReturned();
        return metrics.drain();
    }

    public SidecarMetrics metrics() {
        return metrics;
    }

    /** Every circuit that has been called on, by service and instance. */
    public List<CircuitView> circuits() {
        return circuits.views();
    }

    /** Why the circuit to that endpoint last opened by itself; empty when it never has, or nobody called it. */
    public Optional<Opening> lastOpening(String instanceId) {
        return circuits.lastOpening(instanceId);
    }

    /**
     * Does to one endpoint's circuit what an operator asks.
     *
     * @throws InvalidValueException when this sidecar knows no such endpoint
     */
    public void breaker(String instanceId, BreakerCommand command, ChangeNote note) {
        Optional<ServiceConfig> service = config.services().values().stream()
                .filter(known -> endpoint(known, instanceId).isPresent())
                .findFirst();
        boolean done = circuits.command(
                service.flatMap(known -> endpoint(known, instanceId)),
                service.map(known -> known.policy().circuitBreaker()).orElse(CircuitBreakerConfig.DEFAULT),
                instanceId,
                command,
                note);
        InvalidValueException.unless(done, "endpoint", instanceId, "an instance that " + spec.service() + " may call");
    }

    /** Tells of every move of a circuit from now on; there is one listener. */
    public void onCircuitMoved(CircuitListener listener) {
        circuits.listen(listener);
    }

    /** Tells of every endpoint that is left out from now on, or serves again; there is one listener. */
    public void onEjection(EjectionListener listener) {
        circuits.listenToEjections((service, move) -> {
            if (move instanceof OutlierMove.Ejected(String endpoint, Ejection ejection)) {
                metrics.ejected(service, endpoint, ejection.why().reason());
            }
            listener.moved(service, move);
        });
    }

    /** What it proves itself with now; empty without. */
    public Optional<ServiceIdentity> identity() {
        return Optional.ofNullable(tls).map(MeshTls::identity);
    }

    /** Shows the renewed certificate, and believes its roots, from the next handshake on. */
    public void renew(ServiceIdentity next) {
        MeshTls current = tls;
        InvalidValueException.unless(current != null, "identity", next, "none: this sidecar was started without");
        Objects.requireNonNull(current).renew(next);
    }

    /** Believes some services no more from the next handshake on; without an identity it asks nobody for theirs. */
    public void revoke(Set<String> services) {
        if (tls != null) {
            tls.revoke(services);
        }
    }

    /**
     * Stops accepting, lets what is at hand end for as long as its limits say, then closes every connection; returns as
     * soon as nothing is at hand. An interrupt ends the wait. The admin listener closes last, and says so until then.
     */
    @Override
    public void close() {
        draining = true;
        Duration drain = spec.limits().drain();
        Listener inbound = inboundListener;
        List<Listener> calls = listeners.stream()
                .filter(listener -> !listener.equals(inbound) && !listener.equals(adminListener))
                .toList();
        if (inbound == null) {
            Closing.all(calls, drain);
        } else {
            Closing.inTurn(inbound, calls, drain);
        }
        adminListener.close(ADMIN_DRAIN);
        shared.transport().closeConnections(owner());
    }

    /** @param streams {@code null} without an application */
    private @Nullable Listener streamListener(@Nullable InboundStreams streams) {
        return streams == null ? null : inboundListener(at -> shared.transport().listenStreams(at, streams));
    }

    private Listener inboundListener(Function<ListenerSpec, Listener> opening) {
        return opened("inbound", spec.inbound().bind(), spec.ports().inbound(), entry(), opening);
    }

    private Listener tcpListener(String service, int port) {
        return opened(
                "TCP port for " + service,
                SidecarSpec.LOOPBACK,
                port,
                new ListenerSpec.Entry.Plain(),
                at -> shared.transport().listenStreams(at, outbound.streamsTo(service)));
    }

    private Listener onLoopback(String kind, int port, RequestHandler handler) {
        return opened(
                kind,
                SidecarSpec.LOOPBACK,
                port,
                new ListenerSpec.Entry.Plain(),
                at -> shared.transport().listen(at, handler));
    }

    private Listener opened(
            String kind, String host, int port, ListenerSpec.Entry entry, Function<ListenerSpec, Listener> opening) {
        try {
            Listener listener = opening.apply(new ListenerSpec(
                    kind + " of " + spec.service(),
                    host,
                    port,
                    entry,
                    spec.limits().connections()));
            listeners.add(listener);
            return listener;
        } catch (PortUnavailableException e) {
            listeners.forEach(open -> open.close(Duration.ZERO));
            throw e;
        }
    }

    private ListenerSpec.Entry entry() {
        MeshTls engines = tls;
        return switch (spec.mtls()) {
            case OFF -> new ListenerSpec.Entry.Plain();
            case STRICT -> new ListenerSpec.Entry.Secured(new PeerSecurity.Server(Objects.requireNonNull(engines)));
            case PERMISSIVE -> new ListenerSpec.Entry.Either(new PeerSecurity.Server(Objects.requireNonNull(engines)));
        };
    }

    private InboundRequests inbound(int appPort) {
        return new InboundRequests(new InboundRequests.Environment(
                spec.service(),
                spec.version(),
                spec.instanceId(),
                application(appPort),
                shared.spans(),
                shared.decisions(),
                metrics,
                shared.ticker(),
                shared.clock(),
                shared.random(),
                deadlines));
    }

    private Target application(int appPort) {
        return new Target(owner(), SidecarSpec.LOOPBACK, appPort, null, speechOf(spec.appProtocol()));
    }

    private AdminRequests admin(@Nullable Integer appPort) {
        return new AdminRequests(
                spec.service(),
                appPort == null ? null : new InetSocketAddress(InetAddress.getLoopbackAddress(), appPort),
                metrics,
                this::config,
                () -> draining);
    }

    private @Nullable Target targetOf(Endpoint endpoint) {
        String spiffeId = endpoint.spiffeId();
        if (spiffeId == null) {
            return new Target(owner(), endpoint.host(), endpoint.port(), null, speechOf(endpoint.protocol()));
        }
        MeshTls engines = tls;
        return engines == null
                ? null
                : new Target(
                        owner(),
                        endpoint.host(),
                        endpoint.port(),
                        new PeerSecurity.Client(engines, endpoint.host(), endpoint.port(), SpiffeId.parse(spiffeId)),
                        endpoint.protocol() == Protocol.TCP ? Target.Speech.BYTES : Target.Speech.NEGOTIATED);
    }

    /** How an application is spoken to in plain text. */
    private static Target.Speech speechOf(Protocol protocol) {
        return switch (protocol) {
            case HTTP -> Target.Speech.HTTP1;
            case H2C, GRPC -> Target.Speech.HTTP2;
            case TCP -> Target.Speech.BYTES;
        };
    }

    private List<BreakerReading> breakerReadings() {
        return circuits.views().stream().map(CircuitView::reading).toList();
    }

    private List<LimitReading> limitReadings() {
        return outbound.limits();
    }

    private String owner() {
        return spec.service() + "/" + spec.instanceId();
    }

    private static Optional<Endpoint> endpoint(ServiceConfig service, String instanceId) {
        return service.endpoints().stream()
                .filter(endpoint -> endpoint.instanceId().equals(instanceId))
                .findFirst();
    }
}
