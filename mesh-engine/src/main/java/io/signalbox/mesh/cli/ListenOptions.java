package io.signalbox.mesh.cli;

import io.signalbox.mesh.controlplane.http.Listening;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.runtime.Listen;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a control plane serves, by which names, and with which certificate; a mixin. */
final class ListenOptions {

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:9090",
            description = "Where it serves; off loopback in TLS alone; port 0 takes any free one."
                    + " Default: ${DEFAULT-VALUE}.")
    private String listen = "";

    @Option(
            names = "--host",
            paramLabel = "NAME",
            description = "A name or an address by which others call it; may be repeated. Requests that name another"
                    + " host are refused.")
    private List<String> hosts = List.of();

    @Option(
            names = "--tls",
            description = "In TLS on loopback too. The certificate is one of its own authority, whose root is in"
                    + " DIR/ca.pem.")
    private boolean tls;

    @Option(
            names = "--tls-cert",
            paramLabel = "FILE",
            description = "PEM, another certificate to show, with its chain.")
    private @Nullable Path certificate;

    @Option(names = "--tls-key", paramLabel = "FILE", description = "PEM, the key to --tls-cert.")
    private @Nullable Path key;

    String listen() {
        return listen;
    }

    Listen read() {
        ListenAddress address = ListenAddress.parse(listen);
        return new Listen(address.host(), address.port(), hosts, tls(address));
    }

    private Optional<Listen.Tls> tls(ListenAddress address) {
        if (certificate != null && key != null) {
            return Optional.of(new Listen.Files(certificate, key));
        }
        InvalidValueException.unless(certificate == null, "tls-key", "none", "FILE, the key to --tls-cert");
        InvalidValueException.unless(key == null, "tls-cert", "none", "FILE, the certificate to --tls-key");
        return tls || !Listening.isLoopback(address.host()) ? Optional.of(new Listen.OwnAuthority()) : Optional.empty();
    }
}
