package io.signalbox.mesh.runtime;

import io.signalbox.mesh.client.MeshException;
import io.signalbox.mesh.config.Placed;
import io.signalbox.mesh.config.SidecarDocument;
import io.signalbox.mesh.proxy.SharedResources;
import io.signalbox.mesh.proxy.SideBySide;
import io.signalbox.mesh.proxy.Sidecar;
import io.signalbox.mesh.proxy.SidecarSpec;
import io.signalbox.mesh.proxy.transport.PortUnavailableException;
import io.signalbox.mesh.time.Ticker;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Sidecars in this process that nobody controls: each starts with its own document.
 *
 * <p>They share threads, timers and connections' selectors. Either all of them run or none does. Safe from any thread.
 */
public final class LocalSidecars implements AutoCloseable {

    private final SharedResources shared =
            SharedResources.start(Ticker.system(), InstantSource.system(), new SharedRandom());
    private final List<Sidecar> sidecars = new ArrayList<>();

    private LocalSidecars(List<SidecarDocument> documents) {
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
        Map<String, Placed<String>> instances = new HashMap<>();
        for (SidecarDocument document : documents) {
            Placed<String> before = instances.put(document.instance().value(), document.instance());
            if (before != null) {
                throw document.instance().refused("an instance of its own; " + before.place() + " is the same");
            }
        }
        return new LocalSidecars(documents);
    }

    /** In the order of their documents. */
    public List<Sidecar> sidecars() {
        return List.copyOf(sidecars);
    }

    /** Closes all of them at the same time, each within its own limit; see {@link Sidecar#close}. */
    @Override
    public void close() {
        SideBySide.run(
                "sidecars-close",
                sidecars.stream().map(sidecar -> (Runnable) sidecar::close).toList());
        shared.close();
    }

    private void add(SidecarDocument document) {
        try {
            Sidecar sidecar = Sidecar.start(spec(document), shared);
            sidecars.add(sidecar);
            sidecar.apply(document.mesh());
        } catch (PortUnavailableException e) {
            throw unavailable(document.ports(), e);
        }
    }

    private static MeshException unavailable(SidecarDocument.Ports ports, PortUnavailableException e) {
        String message = ports.all().stream()
                .filter(port -> port.value() == e.port())
                .findFirst()
                .map(port -> port.refused("a free port").getMessage())
                .orElseGet(e::getMessage);
        return new MeshException(MeshException.Kind.UNAVAILABLE, String.valueOf(message));
    }

    private static SidecarSpec spec(SidecarDocument document) {
        return new SidecarSpec(
                document.service(),
                document.version(),
                document.instance().value(),
                document.appPort(),
                document.appProtocol(),
                document.mtls(),
                document.identity(),
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
