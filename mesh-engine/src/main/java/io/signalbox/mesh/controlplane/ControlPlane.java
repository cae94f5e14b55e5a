package io.signalbox.mesh.controlplane;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.signalbox.mesh.canary.rollout.Judge;
import io.signalbox.mesh.client.AuthorizationStatus;
import io.signalbox.mesh.client.CertificateInfo;
import io.signalbox.mesh.client.ControlPlaneInfo;
import io.signalbox.mesh.event.EventLog;
import io.signalbox.mesh.event.MeshEvent;
import io.signalbox.mesh.explain.DecisionLog;
import io.signalbox.mesh.explain.RequestLog;
import io.signalbox.mesh.mirror.MirrorLog;
import io.signalbox.mesh.model.Authorization;
import io.signalbox.mesh.model.MeshConfig;
import io.signalbox.mesh.model.ServiceConfig;
import io.signalbox.mesh.model.Weight;
import io.signalbox.mesh.model.status.MeshSnapshot;
import io.signalbox.mesh.model.status.ScenarioStatus;
import io.signalbox.mesh.model.status.SplitStatus;
import io.signalbox.mesh.model.status.TrafficStats;
import io.signalbox.mesh.registry.ServiceRegistry;
import io.signalbox.mesh.store.Transaction;
import io.signalbox.mesh.time.Scheduler;
import io.signalbox.mesh.time.Ticker;
import io.signalbox.mesh.trace.SpanLog;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The single writer of a mesh: holds what was asked for, tells every sidecar at once, and every half second publishes
 * what is true.
 *
 * <p>Safe from any thread. A change is in force in every sidecar when the call that made it returns. Three locks order
 * the work: {@code delivery} the configurations sent, {@code collection} the reports read, {@code publication} the
 * snapshots numbered; taken in that order, and sidecars are called under the first two, so they must not call back.
 */
public final class ControlPlane implements AutoCloseable {

    /** How often sidecars are asked what happened. */
    public static final Duration TICK = Duration.ofMillis(500);

    private static final Logger log = LoggerFactory.getLogger(ControlPlane.class);

    private static final double LEAST_WINDOW_SECONDS = 0.5;

    private final String mesh;
    private final Ticker ticker;
    private final InstantSource clock;
    private final EventLog events;
    private final AuditLog audit;
    private final Membership members;
    private final PolicyControl policies;
    private final RolloutControl rollouts;
    private final BreakerControl breakers;
    private final ScenarioControl scenario;
    private final AdoptionControl adoptions;
    private final Inquiry requests;
    private final SidecarFeed feed = new SidecarFeed();
    private final ToldByOthers told;
    private final AttachedSidecars attached;
    private final TrafficWindow window = new TrafficWindow();
    private final ShareCounts shares = new ShareCounts();
    private final AccessLog access = new AccessLog();
    private final Announcer<MeshSnapshot> announcer = new Announcer<>();
    private final List<SidecarLink> links = new CopyOnWriteArrayList<>();
    private final Map<SidecarLink, List<CircuitReport>> circuits = new ConcurrentHashMap<>();
    private final Scheduler.Cancellable ticking;
    private final Scheduler.Cancellable warming;
    private final Optional<Replica> replica;
    private final Leadership leadership;
    private final Configurations configurations;
    private final Runnable unfollow;
    private final Instant startedAt;
    private final long startedNanos;

    private final Object delivery = new Object();
    private final Object collection = new Object();
    private final Object publication = new Object();

    @GuardedBy("delivery")
    private MeshConfig config = MeshConfig.EMPTY;

    private volatile MeshSnapshot latest;

    /** Begins to tick at once, with the policies that are kept already. */
    public ControlPlane(
            String mesh,
            Ticker ticker,
            InstantSource clock,
            Scheduler scheduler,
            ServiceRegistry registry,
            EventLog events,
            DecisionLog decisions,
            SpanLog spans,
            MirrorLog mirrors,
            Keeping keeping) {
        this.mesh = mesh;
        this.ticker = ticker;
        this.clock = clock;
        this.events = events;
        replica = keeping.replica();
        leadership = keeping.leadership();
        startedAt = clock.instant();
        startedNanos = ticker.nanos();
        audit = new AuditLog(keeping, clock);
        Departures departures = new Departures();
        Optional<Sharing> sharing =
                replica.map(own -> new Sharing(keeping.store(), own, registry, departures, ticker, clock));
        Registrations registrations =
                sharing.map(Sharing::registrations).orElseGet(() -> new Registrations.Own(registry));
        members = new Membership(registry, registrations, departures, events, audit, this::changed);
        policies = new PolicyControl(clock, events, members, new PolicyJournal(keeping, audit), this::changed);
        RolloutWriter writer = new RolloutWriter(keeping.store(), Judge.byEvidence(), policies, audit, events, clock);
        Optional<SharedEvidence> evidence = replica.map(own -> new SharedEvidence(keeping.store(), own.id()));
        rollouts = new RolloutControl(policies, members, writer, evidence, ticker, clock);
        configurations = new Configurations(members, policies);
        told = new ToldByOthers(spans, mirrors, events, clock, () -> config().services());
        List<RequestLog<?>> logs = List.of(decisions, told.requests());
        scenario = new ScenarioControl(events, this::serviceOf, audit, this::publish);
        adoptions = new AdoptionControl(events, audit);
        attached = new AttachedSidecars(feed, members, told, ticker, clock, this::attach, this::detach);
        Elsewhere elsewhere = sharing.map(Sharing::elsewhere).orElseGet(Elsewhere::nowhere);
        breakers = new BreakerControl(
                members, () -> links, this::snapshot, this::tick, logs, audit, attached::away, elsewhere);
        requests = new Inquiry(logs, spans, mirrors, this::config, this::sidecars, attached::awaySince);
        latest = MeshPicture.draw(material(null), 0, 0, startedAt);
        events.append(new MeshEvent.ControlPlaneStarted(mesh));
        ticking = scheduler.scheduleEvery(TICK, this::tick);
        warming = scheduler.schedule(registry.timeToLive(), feed::warm);
        deliver();
        unfollow = sharing.map(others -> others.follow(policies, rollouts, breakers))
                .orElse(() -> {});
    }

    public String mesh() {
        return mesh;
    }

    /** Tells this control plane's sequences from those of another, one before it above all. */
    public String run() {
        return Long.toString(startedAt.toEpochMilli(), Character.MAX_RADIX);
    }

    public EventLog events() {
        return events;
    }

    public Membership members() {
        return members;
    }

    public PolicyControl policies() {
        return policies;
    }

    public RolloutControl rollouts() {
        return rollouts;
    }

    /** Who changed what. */
    public AuditLog audit() {
        return audit;
    }

    public BreakerControl breakers() {
        return breakers;
    }

    public ScenarioControl scenario() {
        return scenario;
    }

    public AdoptionControl adoptions() {
        return adoptions;
    }

    /** What became of single requests. */
    public Inquiry requests() {
        return requests;
    }

    /** Sidecars in other processes. */
    public AttachedSidecars attached() {
        return attached;
    }

    /** Takes a sidecar under control: it gets the configuration in force at once. */
    public void attach(SidecarLink link) {
        synchronized (delivery) {
            links.add(link);
            link.apply(config);
        }
        publish();
    }

    /** Reads a sidecar's last report and forgets it. */
    public void detach(SidecarLink link) {
        collect();
        links.remove(link);
        circuits.remove(link);
        window.forgetInFlight(link);
        publish();
    }

    /** This control plane and the others that share its store; empty for one that has it for itself. */
    public List<ControlPlaneInfo> replicas() {
        return replica.map(Replica::list).orElse(List.of());
    }

    /** The mesh as it was at the last tick or change. */
    public MeshSnapshot snapshot() {
        return latest;
    }

    /**
     * Calls the listener for each new snapshot, in order, until the answer is run. The listener must not block; a slow
     * one is skipped over, never queued for.
     */
    public Runnable subscribe(Consumer<MeshSnapshot> listener) {
        return announcer.listen(listener);
    }

    /** Stops ticking; sidecars go on with what they were last told. */
    @Override
    public void close() {
        ticking.cancel();
        warming.cancel();
        unfollow.run();
        members.close();
    }

    /** Who may call whom, who does, and who was refused. */
    public AuthorizationStatus authorization() {
        Authorization mesh = policies.ofTheMesh();
        Map<String, ServiceConfig> known = new HashMap<>();
        configurations.told(configurations.services()).forEach((service, told) -> known.put(service, told.config()));
        return AuthorizationPicture.draw(mesh, known, latest, access.latestFirst());
    }

    /** What the sidecars of this process prove to be now, in order of service and instance. */
    public List<CertificateInfo> certificates() {
        return SidecarCertificates.of(links, clock.instant());
    }

    private MeshConfig config() {
        synchronized (delivery) {
            return config;
        }
    }

    private void tick() {
        Optional<Transaction> fence = leadership.fence();
        fence.ifPresent(leads -> policies.revertOverdue(
                leads, (service, e) -> log.warn("{}: what nobody confirmed could not be taken back yet", service, e)));
        deliver();
        collect();
        fence.ifPresentOrElse(rollouts::look, this::share);
        access.untold(clock.instant()).forEach(events::append);
        publish();
    }

    /** The tick does not wait for a store that does not answer. */
    private void share() {
        if (replica.filter(Replica::isHeard).isPresent()) {
            rollouts.share();
        }
    }

    private void changed() {
        deliver();
        publish();
    }

    private void deliver() {
        synchronized (delivery) {
            Map<String, ServiceConfig> services = configurations.services();
            if (!services.equals(config.services())) {
                config = new MeshConfig(config.revision() + 1, services);
                for (SidecarLink link : links) {
                    link.apply(config);
                }
            }
            feed.tell(configurations.told(services));
            Map<String, Map<String, Weight>> asked = configurations.asked();
            if (shares.differs(asked)) {
                collect();
                shares.follow(asked, clock.instant());
            }
        }
    }

    private void collect() {
        synchronized (collection) {
            for (SidecarLink link : links) {
                try {
                    take(link, link.report());
                } catch (RuntimeException e) {
                    // One that reports nonsense keeps nobody else from being heard.
                    log.warn("{}: left out of the figures", link.instanceId(), e);
                }
            }
        }
    }

    private void take(SidecarLink link, SidecarReport report) {
        long now = ticker.nanos();
        window.record(link, report.edges(), now);
        shares.record(report.edges(), now);
        rollouts.record(report.edges());
        access.record(link.service(), link.instanceId(), report.access(), clock.instant());
        circuits.put(link, report.circuits());
    }

    private void publish() {
        MeshSnapshot next;
        synchronized (publication) {
            // asked inside, or a slow thread would publish an older demo over a newer one
            @SuppressWarnings("NullAway") // an absent scenario is a null component of the snapshot
            ScenarioStatus demo = scenario.status().orElse(null);
            window.prune(ticker.nanos(), this::stillThere);
            next = MeshPicture.draw(material(demo), latest.sequence() + 1, events.lastSequence(), clock.instant());
            latest = next;
        }
        announcer.offer(next);
    }

    private MeshPicture.Material material(@Nullable ScenarioStatus demo) {
        double lived =
                (ticker.nanos() - startedNanos) / (double) Duration.ofSeconds(1).toNanos();
        List<SplitStatus> splits = policies.all().values().stream()
                .map(revision -> SplitPicture.of(revision, shares))
                .flatMap(Optional::stream)
                .toList();
        return new MeshPicture.Material(
                mesh,
                startedAt,
                Math.clamp(lived, LEAST_WINDOW_SECONDS, TrafficStats.WINDOW_SECONDS),
                members.members(),
                sidecars(),
                window.sums(),
                splits,
                demo,
                scenario::runState);
    }

    private List<MeshPicture.Sidecar> sidecars() {
        return links.stream()
                .map(link -> new MeshPicture.Sidecar(
                        link.service(), link.instanceId(), link.kind(), circuits.getOrDefault(link, List.of())))
                .toList();
    }

    private boolean stillThere(CallCell.Key key) {
        return links.stream().anyMatch(link -> link.instanceId().equals(key.sourceInstance()))
                && (!key.reachedEndpoint()
                        || members.registered(
                                key.edge().destination(), key.edge().instanceId()));
    }

    private String serviceOf(String instance) {
        return links.stream()
                .filter(link -> link.instanceId().equals(instance))
                .map(SidecarLink::service)
                .findFirst()
                .or(() -> members.serviceOf(instance))
                .orElse("unknown");
    }
}
