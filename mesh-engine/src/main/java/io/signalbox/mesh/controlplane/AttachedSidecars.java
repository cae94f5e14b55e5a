package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.client.attach.Acknowledgement;
import io.signalbox.mesh.client.attach.IdentityReport;
import io.signalbox.mesh.client.attach.MeshUpdate;
import io.signalbox.mesh.client.attach.SidecarStatus;
import io.signalbox.mesh.client.attach.TrustUpdate;
import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.model.UnknownNameException;
import io.signalbox.mesh.model.status.ServiceKind;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The sidecars in other processes that follow this control plane now. Safe from any thread. */
public final class AttachedSidecars {

    private final SidecarFeed feed;
    private final InstantSource clock;
    private final Consumer<SidecarLink> attach;
    private final Consumer<SidecarLink> detach;
    private final Map<Name, AttachedSidecar> byName = new ConcurrentHashMap<>();

    /** Whom to believe is told in the order in which it was decided. */
    private final Object trusting = new Object();

    /** Whom all are to believe; none where nothing is signed. */
    private volatile SidecarFeed.@Nullable Frame trust;

    AttachedSidecars(
            SidecarFeed feed, InstantSource clock, Consumer<SidecarLink> attach, Consumer<SidecarLink> detach) {
        this.feed = feed;
        this.clock = clock;
        this.attach = attach;
        this.detach = detach;
    }

    /** A service's token speaks for the service, so an instance's id alone names nobody. */
    private record Name(String service, String instance) {

        @Override
        public String toString() {
            return service + "/" + instance;
        }
    }

    /** Takes a sidecar on: it is told everything first. An older stream of the same instance ends. */
    public AttachedSidecar open(String service, String instance, ServiceKind kind) {
        AttachedSidecar opened = new AttachedSidecar(service, instance, kind, clock.instant());
        AttachedSidecar before = byName.put(new Name(service, instance), opened);
        if (before != null) {
            drop(before);
        }
        feed.follow(opened);
        synchronized (trusting) {
            SidecarFeed.Frame known = trust;
            if (known != null) {
                opened.tell(known);
            }
        }
        attach.accept(opened);
        return opened;
    }

    /** The stream to it has ended; what it last told stays in the figures. */
    public void close(AttachedSidecar sidecar) {
        if (byName.remove(new Name(sidecar.service(), sidecar.instanceId()), sidecar)) {
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

    /** What those say of their identity who have one of this control plane. */
    Stream<IdentityReport> identities() {
        return byName.values().stream()
                .map(sidecar -> sidecar.acknowledged().identity())
                .filter(Objects::nonNull);
    }

    /** Notes what a sidecar says it runs. */
    public void acknowledge(Acknowledgement now) {
        of(new Name(now.service(), now.instance())).acknowledged(now);
    }

    /** Takes what a sidecar counted since it last told. */
    public void telemetry(SidecarTelemetry told) {
        of(new Name(told.service(), told.instance())).told(told.report());
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
                        sidecar.acknowledged().identity()))
                .sorted(Comparator.comparing(SidecarStatus::service).thenComparing(SidecarStatus::instance))
                .toList();
    }

    private void drop(AttachedSidecar sidecar) {
        sidecar.end();
        feed.leave(sidecar);
        detach.accept(sidecar);
    }

    private AttachedSidecar of(Name name) {
        AttachedSidecar found = byName.get(name);
        if (found == null) {
            throw new UnknownNameException(
                    "attached sidecar",
                    name.toString(),
                    byName.keySet().stream().map(Name::toString).collect(Collectors.toSet()));
        }
        return found;
    }
}
