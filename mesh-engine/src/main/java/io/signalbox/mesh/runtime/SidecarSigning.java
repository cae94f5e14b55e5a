package io.signalbox.mesh.runtime;

import io.signalbox.mesh.client.SignedCertificate;
import io.signalbox.mesh.client.remote.SidecarLine;
import io.signalbox.mesh.config.AccessToken;
import io.signalbox.mesh.config.ControlPlaneAddress;
import io.signalbox.mesh.tls.HostTls;
import io.signalbox.mesh.tls.ServiceIdentity;
import java.nio.file.Files;
import java.util.Optional;

/**
 * Has certificates signed over a sidecar's line: by a token at first, from then on by the last certificate, which takes TLS;
 * in plain text always by the token.
 */
record SidecarSigning(SidecarLine line, ControlPlaneAddress address) implements IssuedIdentity.Signing {

    @Override
    public SignedCertificate sign(String request) {
        return line.sign(request);
    }

    @Override
    public void prove(ServiceIdentity identity) {
        if (address.inTls()) {
            line.proveBy(HostTls.client(address.ca(), identity));
        }
    }

    /** A new token may have been put where the first one was. */
    @Override
    public void ended() {
        if (address.inTls() && Files.exists(address.tokenFile())) {
            line.proveBy(
                    AccessToken.read(address.tokenFile()),
                    Optional.ofNullable(address.ca()).map(HostTls::client));
        }
    }
}
