package io.signalbox.mesh.runtime;

import io.signalbox.mesh.client.MeshException;
import io.signalbox.mesh.client.attach.LastKnown;
import io.signalbox.mesh.client.attach.UpdateReader;
import io.signalbox.mesh.config.Placed;
import io.signalbox.mesh.config.SidecarDocument;
import io.signalbox.mesh.config.SidecarIdentity;
import io.signalbox.mesh.model.Health;
import io.signalbox.mesh.model.InboundAddress;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.model.MtlsMode;
import io.signalbox.mesh.model.ServiceInstance;
import io.signalbox.mesh.proxy.SharedResources;
import io.signalbox.mesh.proxy.SideBySide;
import io.signalbox.mesh.proxy.Sidecar;
import io.signalbox.mesh.proxy.SidecarSpec;
import io.signalbox.mesh.proxy.transport.PortUnavailableException;
import io.signalbox.mesh.time.Ticker;
import io.signalbox.mesh.tls.ServiceIdentity;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Sidecars in this process, each from its own document, which tells of services and policies or names a control plane
 * that does.
 *
 * <p>They share threads, timers and connections' selectors. Either all of them run or none does. Safe from any thread.
 */
public final class LocalSidecars implements AutoCloseable {

    /** How long control planes that do not answer are waited for before ports are opened without them. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final SharedResources shared =
            SharedResources.start(Ticker.system(), InstantSource.system(), new SharedRandom());
    private final List<Sidecar> sidecars = new ArrayList<>();
    private final List<Attachment> attachments = new ArrayList<>();
    private final Path stateFolder;
    private final AttachmentListener listener;

    private LocalSidecars(List<SidecarDocument> documents, Path stateFolder, AttachmentListener listener) {
        this.stateFolder = stateFolder;
        this.listener = listener;
        Map<String, Opening> openings = new ConcurrentHashMap<>();
        try {
            prepare(documents, openings);
            for (SidecarDocument document : documents) {
                add(document, openings);
            }
        } catch (RuntimeException e) {
            openings.values().forEach(opening -> opening.line().close());
            close();
            throw e;
        }
    }

    /**
     * Starts them in order; when this returns, all of them serve.
     *
     * @throws io.signalbox.mesh.model.InvalidValueException when two documents name the same instance
     * @throws MeshException of kind {@code UNAVAILABLE} when a port cannot be bound; nothing is left open then
     */
    public static LocalSidecars start(List<SidecarDocument> documents) {
        return start(
                documents,
                LastKnown.folderOfUser(System.getenv(), Path.of(System.getProperty("user.home"))),
                AttachmentListener.none());
    }

    /**
     * The same.
     *
     * @param stateFolder for what attached sidecars last ran, unless their documents name another
     * @param listener learns how attached sidecars stand with their control planes
     */
    public static LocalSidecars start(List<SidecarDocument> documents, Path stateFolder, AttachmentListener listener) {
        Map<String, Placed<String>> instances = new HashMap<>();
        for (SidecarDocument document : documents) {
            Placed<String> before = instances.put(document.instance().value(), document.instance());
            if (before != null) {
                throw document.instance().refused("an instance of its own; " + before.place() + " is the same");
            }
        }
        return new LocalSidecars(documents, stateFolder, listener);
    }

    /** In the order of their documents. */
    public List<Sidecar> sidecars() {
        return List.copyOf(sidecars);
    }

    /** Closes all of them at the same time, each within its own limit; see {@link Sidecar#close}. */
    @Override
    public void close() {
        SideBySide.run(
                "sidecars-detach",
                attachments.stream()
                        .map(attachment -> (Runnable) attachment::close)
                        .toList());
        SideBySide.run(
                "sidecars-close",
                sidecars.stream().map(sidecar -> (Runnable) sidecar::close).toList());
        shared.close();
    }

    /** Asks all control planes at the same time, so that those that are away are waited for once. */
    private void prepare(List<SidecarDocument> documents, Map<String, Opening> openings) {
        Map<String, RuntimeException> failed = new ConcurrentHashMap<>();
        UpdateReader updates = new UpdateReader(documents.size());
        SideBySide.run(
                "sidecars-open",
                documents.stream()
                        .map(document -> (Runnable) () -> {
                            try {
                                Optional.ofNullable(document.controlPlane())
                                        .map(its -> Opening.of(
                                                document, its, stateFolder, shared, updates, PATIENCE, listener))
                                        .ifPresent(opening -> openings.put(name(document), opening));
                            } catch (RuntimeException e) {
                                failed.put(name(document), e);
                            }
                        })
                        .toList());
        documents.stream()
                .map(document -> Optional.ofNullable(failed.get(name(document))))
                .flatMap(Optional::stream)
                .findFirst()
                .ifPresent(e -> {
                    throw e;
                });
    }

    private void add(SidecarDocument document, Map<String, Opening> openings) {
        try {
            if (document.controlPlane() == null) {
                sidecars.add(Sidecar.start(spec(document, given(document)), shared, document.mesh(), Set.of()));
            } else {
                Opening opening = openings.get(name(document));
                if (opening == null) {
                    throw new IllegalStateException(name(document) + " was not prepared");
                }
                attach(document, opening);
                openings.remove(name(document));
            }
        } catch (PortUnavailableException e) {
            throw unavailable(document, e);
        }
    }

    private void attach(SidecarDocument document, Opening opening) {
        SharedResources logs = Happenings.logs(shared);
        Optional<IssuedIdentity> issued = opening.identity();
        FirstWord first = opening.first();
        Sidecar sidecar = Sidecar.start(
                spec(document, issued.map(IssuedIdentity::identity).orElseGet(() -> given(document))),
                logs,
                first.config(),
                issued.map(IssuedIdentity::revoked).orElseGet(first::revoked));
        sidecars.add(sidecar);
        Attachment attachment = new Attachment(
                sidecar,
                new Happenings(sidecar, logs),
                opening.line(),
                first,
                opening.lastKnown(),
                registration(sidecar, document),
                issued,
                listener,
                shared.clock(),
                shared.ticker());
        attachments.add(attachment);
        attachment.start();
    }

    private static String name(SidecarDocument document) {
        return document.instance().value();
    }

    /** What is registered of a sidecar; empty for one that only calls. */
    private Optional<ServiceInstance> registration(Sidecar sidecar, SidecarDocument document) {
        if (sidecar.inboundPort().isEmpty()) {
            return Optional.empty();
        }
        SidecarSpec spec = sidecar.spec();
        Map<String, String> metadata = new HashMap<>();
        metadata.put("version", spec.version());
        metadata.put("weight", Integer.toString(document.weight()));
        if (spec.inbound().onLoopback()) {
            metadata.put("health_url", EmbeddedMember.loopback(sidecar.adminPort()) + "/ready");
        }
        Optional.ofNullable(spec.zone()).ifPresent(zone -> metadata.put("zone", zone));
        Optional.ofNullable(spec.identity())
                .filter(_ -> spec.mtls() != MtlsMode.OFF)
                .ifPresent(identity -> metadata.put("spiffe_id", identity.id().toString()));
        Instant now = shared.clock().instant();
        return Optional.of(new ServiceInstance(
                spec.service(),
                spec.instanceId(),
                spec.inbound().advertised(),
                sidecar.inboundPort().getAsInt(),
                spec.appProtocol(),
                metadata,
                Health.HEALTHY,
                now,
                now));
    }

    private static MeshException unavailable(SidecarDocument document, PortUnavailableException e) {
        InboundAddress inbound = document.inbound().value();
        if (!inbound.isOfThisMachine()) {
            InvalidValueException refused =
                    new InvalidValueException(document.inbound().place(), inbound.bind(), "an address of this machine");
            return new MeshException(MeshException.Kind.UNAVAILABLE, String.valueOf(refused.getMessage()));
        }
        String message = document.ports().all().stream()
                .filter(port -> port.value() == e.port())
                .findFirst()
                .map(port -> port.refused("a free port").getMessage())
                .orElseGet(e::getMessage);
        return new MeshException(MeshException.Kind.UNAVAILABLE, String.valueOf(message));
    }

    private static @Nullable ServiceIdentity given(SidecarDocument document) {
        return document.identity() instanceof SidecarIdentity.Given(ServiceIdentity identity) ? identity : null;
    }

    private static SidecarSpec spec(SidecarDocument document, @Nullable ServiceIdentity identity) {
        return new SidecarSpec(
                document.service(),
                document.version(),
                document.instance().value(),
                document.appPort(),
                document.appProtocol(),
                document.mtls(),
                identity,
                new SidecarSpec.Ports(
                        document.ports().inbound().value(),
                        document.ports().outbound().value(),
                        document.ports().admin().value()),
                document.ports().tcp().entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, entry -> entry.getValue().value())),
                new SidecarSpec.Limits(
                        document.limits().connections(), document.limits().drain()),
                document.inbound().value(),
                document.defaultService(),
                document.zone());
    }
}
