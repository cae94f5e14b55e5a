package io.signalbox.mesh.runtime;

import io.signalbox.mesh.client.MeshException;
import io.signalbox.mesh.client.attach.LastKnown;
import io.signalbox.mesh.client.remote.SidecarLine;
import io.signalbox.mesh.config.ControlPlaneAddress;
import io.signalbox.mesh.config.Placed;
import io.signalbox.mesh.config.SidecarDocument;
import io.signalbox.mesh.config.SidecarIdentity;
import io.signalbox.mesh.model.Health;
import io.signalbox.mesh.model.MtlsMode;
import io.signalbox.mesh.model.ServiceInstance;
import io.signalbox.mesh.model.status.ServiceKind;
import io.signalbox.mesh.proxy.SharedResources;
import io.signalbox.mesh.proxy.SideBySide;
import io.signalbox.mesh.proxy.Sidecar;
import io.signalbox.mesh.proxy.SidecarSpec;
import io.signalbox.mesh.proxy.transport.PortUnavailableException;
import io.signalbox.mesh.time.Ticker;
import io.signalbox.mesh.tls.HostTls;
import io.signalbox.mesh.tls.ServiceIdentity;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Sidecars in this process, each from its own document, which tells of services and policies or names a control plane
 * that does.
 *
 * <p>They share threads, timers and connections' selectors. Either all of them run or none does. Safe from any thread.
 */
public final class LocalSidecars implements AutoCloseable {

    /** How long a control plane that does not answer is waited for before ports are opened without it. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final Duration LEAST_PATIENCE = Duration.ofMillis(300);

    private final SharedResources shared =
            SharedResources.start(Ticker.system(), InstantSource.system(), new SharedRandom());
    private final long startedNanos = shared.ticker().nanos();
    private final List<Sidecar> sidecars = new ArrayList<>();
    private final List<Attachment> attachments = new ArrayList<>();
    private final Path stateFolder;
    private final AttachmentListener listener;

    private LocalSidecars(List<SidecarDocument> documents, Path stateFolder, AttachmentListener listener) {
        this.stateFolder = stateFolder;
        this.listener = listener;
        try {
            documents.forEach(this::add);
        } catch (RuntimeException e) {
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

    private void add(SidecarDocument document) {
        try {
            ControlPlaneAddress controlPlane = document.controlPlane();
            if (controlPlane == null) {
                sidecars.add(Sidecar.start(spec(document, given(document)), shared, document.mesh(), Set.of()));
            } else {
                attach(document, controlPlane);
            }
        } catch (PortUnavailableException e) {
            throw unavailable(document.ports(), e);
        }
    }

    private void attach(SidecarDocument document, ControlPlaneAddress controlPlane) {
        Path folder = Objects.requireNonNullElse(controlPlane.state(), stateFolder);
        String service = document.service();
        String instance = document.instance().value();
        SidecarLine line = new SidecarLine(
                controlPlane.urls(),
                Optional.ofNullable(controlPlane.token()),
                Optional.ofNullable(controlPlane.ca()).map(HostTls::client),
                shared.random(),
                service,
                instance);
        Sidecar sidecar;
        SharedResources logs = Happenings.logs(shared);
        LastKnown lastKnown = new LastKnown(folder, service, instance);
        FirstWord first;
        Optional<IssuedIdentity> issued;
        try {
            issued = document.identity() instanceof SidecarIdentity.Issued
                    ? Optional.of(new IssuedIdentity(
                            instance,
                            new SidecarSigning(line, controlPlane),
                            new IdentityFile(folder, service, instance),
                            listener,
                            shared.clock(),
                            shared.random()))
                    : Optional.empty();
            issued.ifPresent(own -> {
                ServiceIdentity _ = own.open();
            });
            Optional<IssuedIdentity> believing = issued;
            first = new FirstWord(update -> believing.ifPresent(own -> own.trust(update)));
            first.await(line, kind(document), lastKnown, patience(), listener, instance);
            sidecar = Sidecar.start(
                    spec(document, issued.map(IssuedIdentity::identity).orElseGet(() -> given(document))),
                    logs,
                    first.config(),
                    issued.map(IssuedIdentity::revoked).orElseGet(first::revoked));
        } catch (RuntimeException e) {
            line.close();
            throw e;
        }
        sidecars.add(sidecar);
        Attachment attachment = new Attachment(
                sidecar,
                new Happenings(sidecar, logs),
                line,
                first,
                lastKnown,
                registration(sidecar, document),
                issued,
                listener,
                shared.clock(),
                shared.ticker());
        attachments.add(attachment);
        attachment.start();
    }

    private static ServiceKind kind(SidecarDocument document) {
        return document.appPort() == null ? ServiceKind.CLIENT : ServiceKind.SERVICE;
    }

    /** For the control planes of all of them together. */
    private Duration patience() {
        Duration left = PATIENCE.minusNanos(shared.ticker().nanos() - startedNanos);
        return left.compareTo(LEAST_PATIENCE) < 0 ? LEAST_PATIENCE : left;
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
        metadata.put("health_url", EmbeddedMember.loopback(sidecar.adminPort()) + "/ready");
        Optional.ofNullable(spec.zone()).ifPresent(zone -> metadata.put("zone", zone));
        Optional.ofNullable(spec.identity())
                .filter(_ -> spec.mtls() != MtlsMode.OFF)
                .ifPresent(identity -> metadata.put("spiffe_id", identity.id().toString()));
        Instant now = shared.clock().instant();
        return Optional.of(new ServiceInstance(
                spec.service(),
                spec.instanceId(),
                spec.host(),
                sidecar.inboundPort().getAsInt(),
                spec.appProtocol(),
                metadata,
                Health.HEALTHY,
                now,
                now));
    }

    private static MeshException unavailable(SidecarDocument.Ports ports, PortUnavailableException e) {
        String message = ports.all().stream()
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
                SidecarSpec.LOOPBACK,
                document.defaultService(),
                document.zone());
    }
}
