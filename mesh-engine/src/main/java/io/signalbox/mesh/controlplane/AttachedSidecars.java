package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.client.attach.Acknowledgement;
import io.signalbox.mesh.client.attach.ChangeForm;
import io.signalbox.mesh.client.attach.CircuitAnswer;
import io.signalbox.mesh.client.attach.MeshUpdate;
import io.signalbox.mesh.client.attach.SidecarStatus;
import io.signalbox.mesh.client.attach.TrustUpdate;
import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.model.UnknownNameException;
import io.signalbox.mesh.model.status.ServiceKind;
import io.signalbox.mesh.time.Ticker;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The sidecars in other processes that follow this control plane now. Safe from any thread. */
public final class AttachedSidecars {

    /** A token of a service opens streams for as many names as its holder makes up. */
    private static final int MOST_OF_A_SERVICE = 1_000;

    private final SidecarFeed feed;
    private final InstantSource clock;
    private final Consumer<SidecarLink> attach;
    private final Consumer<SidecarLink> detach;
    private final Ticker ticker;
    private final ToldByOthers told;
    private final Membership members;
    private final Map<SidecarName, AttachedSidecar> byName = new ConcurrentHashMap<>();
    private final DepartedSidecars departed = new DepartedSidecars();

    /** Whom to believe is told in the order in which it was decided. */
    private final Object trusting = new Object();

    /** Whom all are to believe; none where nothing is signed. */
    private volatile SidecarFeed.@Nullable Frame trust;

    AttachedSidecars(
            SidecarFeed feed,
            Membership members,
            ToldByOthers told,
            Ticker ticker,
            InstantSource clock,
            Consumer<SidecarLink> attach,
            Consumer<SidecarLink> detach) {
        this.feed = feed;
        this.members = members;
        this.told = told;
        this.ticker = ticker;
        this.clock = clock;
        this.attach = attach;
        this.detach = detach;
    }

    /** Refuses one more sidecar of a service that has too many attached. */
    public void requireRoom(String service, String instance) {
        InvalidValueException.unless(
                byName.containsKey(new SidecarName(service, instance))
                        || byName.keySet().stream()
                                        .filter(other -> other.service().equals(service))
                                        .count()
                                < MOST_OF_A_SERVICE,
                "instance",
                instance,
                "at most " + MOST_OF_A_SERVICE + " attached sidecars of one service");
    }

    /** Takes a sidecar on: it is told everything first. An older stream of the same instance ends. */
    public AttachedSidecar open(String service, String instance, ServiceKind kind, ChangeForm changes) {
        SidecarName name = new SidecarName(service, instance);
        requireRoom(service, instance);
        AttachedSidecar opened = new AttachedSidecar(service, instance, kind, changes, clock.instant(), ticker);
        AttachedSidecar before = byName.put(name, opened);
        try {
            tellAll(name, opened, before);
        } catch (RuntimeException e) {
            close(opened);
            throw e;
        }
        return opened;
    }

    private void tellAll(SidecarName name, AttachedSidecar opened, @Nullable AttachedSidecar before) {
        departed.returned(name);
        if (before != null) {
            drop(before);
        }
        // Whom to believe comes first: who has been told everything of the mesh knows that as well, if there is any.
        synchronized (trusting) {
            SidecarFeed.Frame known = trust;
            if (known != null) {
                opened.tell(known);
            }
        }
        feed.follow(opened);
        attach.accept(opened);
    }

    /** The stream to it has ended; what it last told stays in the figures. */
    public void close(AttachedSidecar sidecar) {
        if (byName.remove(new SidecarName(sidecar.service(), sidecar.instanceId()), sidecar)) {
            departed.left(new SidecarName(sidecar.service(), sidecar.instanceId()), clock.instant());
            drop(sidecar);
        }
    }

    /** Tells whom to believe, those who come later too. */
    void trust(TrustUpdate update) {
        SidecarFeed.Frame frame = new SidecarFeed.Frame(MeshUpdate.TRUST, 0, Json.text(update));
        synchronized (trusting) {
            trust = frame;
            byName.values().forEach(sidecar -> sidecar.tell(frame));
        }
    }

    /** What those last said who have an identity of this control plane. */
    Stream<Acknowledgement> identified() {
        return byName.values().stream().map(AttachedSidecar::acknowledged).filter(said -> said.identity() != null);
    }

    /** Notes what a sidecar says it runs. */
    public void acknowledge(Acknowledgement now) {
        of(new SidecarName(now.service(), now.instance())).acknowledged(now);
    }

    /** Takes what a sidecar counted since it last told. */
    public void telemetry(SidecarTelemetry counted) {
        of(new SidecarName(counted.service(), counted.instance()))
                .told(KnownNames.of(counted, members), counted.place());
    }

    /** Takes what happened at a sidecar since it last told. */
    public void details(SidecarDetails happened) {
        SidecarName name = new SidecarName(happened.service(), happened.instance());
        AttachedSidecar teller = of(name);
        teller.untold(told.take(name, happened, teller.allowance()));
    }

    /** Takes what a sidecar answers to a question. */
    public void answered(CircuitAnswer answer) {
        of(new SidecarName(answer.service(), answer.instance())).answered(answer);
    }

    /** Since when a sidecar that was attached has been gone; empty while it is there, or long after. */
    Optional<Instant> awaySince(SidecarName name) {
        return byName.containsKey(name) ? Optional.empty() : departed.since(name);
    }

    /** Those that were attached, and are gone, of a service or under the name of an instance. */
    Map<String, Instant> away(String serviceOrInstance) {
        return departed.named(serviceOrInstance);
    }

    /** Every one, in order of service and instance. */
    public List<SidecarStatus> list() {
        long newest = feed.revision();
        return byName.values().stream()
                .map(sidecar -> new SidecarStatus(
                        sidecar.service(),
                        sidecar.instanceId(),
                        sidecar.kind(),
                        sidecar.since(),
                        sidecar.acknowledged().revision(),
                        newest,
                        sidecar.acknowledged().refused(),
                        sidecar.acknowledged().identity(),
                        sidecar.untold()))
                .sorted(Comparator.comparing(SidecarStatus::service).thenComparing(SidecarStatus::instance))
                .toList();
    }

    private void drop(AttachedSidecar sidecar) {
        sidecar.end();
        feed.leave(sidecar);
        detach.accept(sidecar);
    }

    private AttachedSidecar of(SidecarName name) {
        AttachedSidecar found = byName.get(name);
        if (found == null) {
            throw new UnknownNameException(
                    "attached sidecar",
                    name.toString(),
                    byName.keySet().stream().map(SidecarName::toString).collect(Collectors.toSet()));
        }
        return found;
    }
}
