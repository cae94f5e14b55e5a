package io.signalbox.mesh.runtime;

import io.signalbox.mesh.client.attach.LastKnown;
import io.signalbox.mesh.client.attach.UpdateReader;
import io.signalbox.mesh.client.remote.SidecarLine;
import io.signalbox.mesh.config.ControlPlaneAddress;
import io.signalbox.mesh.config.SidecarDocument;
import io.signalbox.mesh.config.SidecarIdentity;
import io.signalbox.mesh.model.status.ServiceKind;
import io.signalbox.mesh.proxy.SharedResources;
import io.signalbox.mesh.tls.HostTls;
import io.signalbox.mesh.tls.ServiceIdentity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What an attached sidecar has before it opens its ports: the line to its control plane, its identity, and what it begins
 * with.
 *
 * @param line closed by whoever opens the sidecar, or gives it up
 * @param identity that the control plane signs; empty for any other
 */
record Opening(SidecarLine line, LastKnown lastKnown, Optional<IssuedIdentity> identity, FirstWord first) {

    /**
     * Asks the control plane for what the sidecar needs.
     *
     * @param updates of all sidecars of the process
     * @param patience how long a control plane that does not answer is waited for
     */
    static Opening of(
            SidecarDocument document,
            ControlPlaneAddress controlPlane,
            Path stateFolder,
            SharedResources shared,
            UpdateReader updates,
            Duration patience,
            AttachmentListener listener) {
        Path folder = Objects.requireNonNullElse(controlPlane.state(), stateFolder);
        String service = document.service();
        String instance = document.instance().value();
        SidecarLine line = new SidecarLine(
                controlPlane.urls(),
                Optional.ofNullable(controlPlane.token()),
                Optional.ofNullable(controlPlane.ca()).map(HostTls::client),
                shared.random(),
                updates,
                service,
                instance);
        try {
            LastKnown lastKnown = new LastKnown(folder, service, instance);
            Optional<IssuedIdentity> issued = document.identity() instanceof SidecarIdentity.Issued
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
            FirstWord first = new FirstWord(update -> issued.ifPresent(own -> own.trust(update)));
            ServiceKind kind = document.appPort() == null ? ServiceKind.CLIENT : ServiceKind.SERVICE;
            first.await(line, kind, lastKnown, patience, listener, instance);
            return new Opening(line, lastKnown, issued, first);
        } catch (RuntimeException e) {
            line.close();
            throw e;
        }
    }
}
