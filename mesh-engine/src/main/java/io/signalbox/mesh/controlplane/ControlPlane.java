package io.signalbox.mesh.controlplane;

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
import io.signalbox.mesh.model.ServiceConfig;
import io.signalbox.mesh.model.ServiceInstance;
import io.signalbox.mesh.model.status.MeshSnapshot;
import io.signalbox.mesh.model.status.ScenarioStatus;
import io.signalbox.mesh.model.status.TrafficStats;
import io.signalbox.mesh.registry.ServiceRegistry;
import io.signalbox.mesh.store.Transaction;
import io.signalbox.mesh.time.Scheduler;
import io.signalbox.mesh.time.Ticker;
import io.signalbox.mesh.trace.SpanLog;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The single writer of a mesh: holds what was asked for, tells every sidecar at once, and every half second publishes
 * what is true.
 *
 * <p>Safe from any thread. A change is in force in every sidecar when the call that made it returns. Three locks order
 * the work: that of {@link Delivery} the configurations sent, that of {@link Figures} the reports read, {@link Publication}
 * the snapshots numbered; taken in that order, and sidecars are called under the first two, so they must not call back.
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
    private final WhatIfControl whatIf;
    private final SeenKeys keys;
    private final SidecarFeed feed;
    private final ToldByOthers told;
    private final AttachedSidecars attached;
    private final Figures figures;
    private final Delivery delivery;
    private final Beside disk;
    private final Publication publication;
    private final List<SidecarLink> links = new CopyOnWriteArrayList<>();
    private final Scheduler.Cancellable ticking;
    private final Scheduler.Cancellable warming;
    private final Optional<Replica> replica;
    private final Leadership leadership;
    private final Runnable unfollow;
    private final Instant startedAt;
    private final long startedNanos;

    /**
     * Begins to tick at once, with the policies that are kept already.
     *
     * @param executor does what may wait for the disk and must not hold up the tick, one thing at a time
     */
    public ControlPlane(
            String mesh,
            Ticker ticker,
            InstantSource clock,
            Scheduler scheduler,
            Executor executor,
            ServiceRegistry registry,
            EventLog events,
            DecisionLog decisions,
            SpanLog spans,
            MirrorLog mirrors,
            Keeping keeping,
            WebhookSender webhooks) {
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
                replica.map(own -> new Sharing(keeping.store(), own, registry, departures, ticker, clock, executor));
        Registrations registrations =
                sharing.map(Sharing::registrations).orElseGet(() -> new Registrations.Own(registry));
        members = new Membership(registry, registrations, departures, events, audit, this::changed);
        policies = new PolicyControl(clock, events, members, new PolicyJournal(keeping, audit), this::changed);
        RolloutWriter writer = new RolloutWriter(keeping.store(), Judge.byEvidence(), policies, audit, events, clock);
        Optional<SharedEvidence> evidence = replica.map(own -> new SharedEvidence(keeping.store(), own.id()));
        long complete = registry.timeToLive().toNanos();
        rollouts = new RolloutControl(
                policies,
                members,
                writer,
                evidence,
                ticker,
                clock,
                () -> ticker.nanos() - startedNanos >= complete,
                webhooks,
                new WebhookNotices(keeping.store(), webhooks, ticker, clock));
        figures = new Figures(links, rollouts::record, ticker, clock);
        feed = new SidecarFeed(ticker, scheduler);
        delivery = new Delivery(policies, members, links, feed, figures);
        disk = new Beside(executor, this::write);
        told = new ToldByOthers(
                spans, mirrors, events, clock, () -> delivery.config().services());
        List<RequestLog<?>> logs = List.of(decisions, told.requests());
        scenario = new ScenarioControl(events, this::serviceOf, audit, this::publish);
        adoptions = new AdoptionControl(events, audit);
        attached = new AttachedSidecars(feed, members, told, ticker, clock, this::attach, this::detach);
        Elsewhere elsewhere = sharing.map(Sharing::elsewhere).orElseGet(Elsewhere::nowhere);
        breakers = new BreakerControl(
                members, () -> links, this::snapshot, this::tick, logs, audit, attached::away, elsewhere);
        requests = new Inquiry(logs, spans, mirrors, delivery::config, figures::sidecars, attached::awaySince, ticker);
        keys = new SeenKeys(logs, clock);
        whatIf = new WhatIfControl(policies, members, delivery, figures, logs, clock);
        publication = new Publication(MeshPicture.draw(material(null), 0, 0, startedAt), this::draw, ticker, scheduler);
        events.append(new MeshEvent.ControlPlaneStarted(mesh));
        ticking = scheduler.scheduleEvery(TICK, this::tick);
        warming = scheduler.schedule(registry.timeToLive(), feed::warm);
        delivery.deliver();
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

    /** What another policy would have made of them. */
    public WhatIfControl whatIf() {
        return whatIf;
    }

    /** Sidecars in other processes. */
    public AttachedSidecars attached() {
        return attached;
    }

    /** Takes a sidecar under control: it gets the configuration in force at once. */
    public void attach(SidecarLink link) {
        delivery.attach(link);
        publication.changed();
    }

    /** Reads a sidecar's last report and forgets it. */
    public void detach(SidecarLink link) {
        figures.collect();
        links.remove(link);
        figures.forget(link);
        publication.changed();
    }

    /** This control plane and the others that share its store; empty for one that has it for itself. */
    public List<ControlPlaneInfo> replicas() {
        return replica.map(Replica::list).orElse(List.of());
    }

    /** Whether it does not reach the store that it shares with others. */
    public boolean isCutOff() {
        return replica.filter(Replica::isCutOff).isPresent();
    }

    /** Whether sidecars are better off elsewhere: it is cut off, and there were others. */
    public boolean sendsAway() {
        return replica.filter(own -> own.isCutOff() && !own.others().isEmpty()).isPresent();
    }

    /** @throws io.signalbox.mesh.store.CutOffException when it is cut off */
    public void requireHeard() {
        replica.ifPresent(Replica::requireHeard);
    }

    /** The mesh as it was at the last tick or change. */
    public MeshSnapshot snapshot() {
        return publication.latest();
    }

    /**
     * Calls the listener for each new snapshot, in order, until the answer is run. The listener must not block; a slow
     * one is skipped over, never queued for.
     */
    public Runnable subscribe(Consumer<MeshSnapshot> listener) {
        return publication.subscribe(listener);
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
        return AuthorizationPicture.draw(
                mesh, delivery.known(), snapshot(), figures.access().latestFirst());
    }

    /** What the sidecars of this process prove to be now, in order of service and instance. */
    public List<CertificateInfo> certificates() {
        return SidecarCertificates.of(links, clock.instant());
    }

    private void tick() {
        delivery.deliver();
        figures.collect();
        disk.ask();
        figures.denials().forEach(events::append);
        publish();
    }

    /** What may wait for the store. */
    private void write() {
        Optional<Transaction> fence = leadership.fence();
        fence.ifPresent(leads -> policies.revertOverdue(
                leads, (service, e) -> log.warn("{}: what nobody confirmed could not be taken back yet", service, e)));
        fence.ifPresentOrElse(rollouts::look, this::share);
    }

    /** A store that does not answer is not waited for. */
    private void share() {
        if (!isCutOff()) {
            rollouts.share();
        }
    }

    private void changed() {
        delivery.deliver();
        publish();
    }

    private void changed(String service) {
        delivery.deliver(service);
        publication.changed();
    }

    private void publish() {
        publication.publish();
    }

    private MeshSnapshot draw(long sequence) {
        @SuppressWarnings("NullAway") // an absent scenario is a null component of the snapshot
        ScenarioStatus demo = scenario.status().orElse(null);
        Set<String> linked = links.stream().map(SidecarLink::instanceId).collect(Collectors.toSet());
        figures.prune(key -> stillThere(key, linked));
        return MeshPicture.draw(material(demo), sequence, events.lastSequence(), clock.instant());
    }

    private MeshPicture.Material material(@Nullable ScenarioStatus demo) {
        double lived =
                (ticker.nanos() - startedNanos) / (double) Duration.ofSeconds(1).toNanos();
        return new MeshPicture.Material(
                mesh,
                startedAt,
                Math.clamp(lived, LEAST_WINDOW_SECONDS, TrafficStats.WINDOW_SECONDS),
                members.members(),
                figures.sidecars(),
                figures.calls(),
                figures.splits(policies.all().values(), this::versionsOf, this::keysOf),
                demo,
                scenario::runState);
    }

    private boolean stillThere(CallCell.Key key, Set<String> linked) {
        return linked.contains(key.sourceInstance())
                && (!key.reachedEndpoint()
                        || members.registered(
                                key.edge().destination(), key.edge().instanceId()));
    }

    private long keysOf(String service) {
        ServiceConfig known = delivery.config().services().get(service);
        return known == null ? 0 : keys.of(known);
    }

    private Map<String, String> versionsOf(String service) {
        return members.members(service).stream()
                .map(Membership.Member::instance)
                .collect(Collectors.toMap(ServiceInstance::instanceId, ServiceInstance::version));
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
