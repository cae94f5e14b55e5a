package io.signalbox.mesh.runtime;

import io.signalbox.mesh.controlplane.http.Listening;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.tls.HostCertificate;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Where a control plane of its own listens, and how.
 *
 * @param host an address or a name of this machine; IPv6 without brackets
 * @param port 0 takes any free one
 * @param names by which others call it, beside loopback's; the listening host is one unless it stands for all
 * @param tls needed off loopback
 */
public record Listen(String host, int port, List<String> names, Optional<Tls> tls) {

    private static final Set<String> EVERYWHERE = Set.of("0.0.0.0", "::");
    private static final String LOOPBACK = "127.0.0.1";

    public Listen {
        InvalidValueException.unless(port >= 0 && port <= 65535, "port", port, "0..65535");
        InvalidValueException.unless(
                tls.isPresent() || Listening.isLoopback(host), "listen", host, "loopback, without TLS");
        names = all(host, names);
        InvalidValueException.unless(
                !names.isEmpty() || !EVERYWHERE.contains(host),
                "host",
                "none",
                "--host NAME, by which others call what listens on " + host);
    }

    /** Whose certificate is shown. */
    public sealed interface Tls {}

    /** One that the control plane's own authority makes, for the names. */
    public record OwnAuthority() implements Tls {}

    /** One that somebody else made; read once, at the start. */
    public record Files(Path certificate, Path key) implements Tls {

        Supplier<HostCertificate> certificate(InstantSource clock) {
            try {
                HostCertificate read = HostCertificate.fromFiles(certificate, key);
                InvalidValueException.unless(
                        clock.instant().isBefore(read.notAfter()),
                        "tls-cert",
                        certificate + ", ended at " + read.notAfter(),
                        "one that is good");
                return () -> read;
            } catch (IOException e) {
                throw new InvalidValueException("tls-cert", e.getMessage(), "PEM files that can be read");
            }
        }
    }

    /** On loopback, in plain text. */
    public static Listen onLoopback(int port) {
        return new Listen(LOOPBACK, port, List.of(), Optional.empty());
    }

    /** What a certificate of the own authority is for: the names, and loopback's. */
    List<String> certified() {
        List<String> certified = new ArrayList<>(names);
        certified.addAll(List.of("localhost", LOOPBACK, "::1"));
        return certified.stream().distinct().toList();
    }

    /** In the order in which they are told to others. */
    private static List<String> all(String host, List<String> names) {
        List<String> all = new ArrayList<>(names);
        if (!EVERYWHERE.contains(host) && !Listening.isLoopback(host)) {
            all.add(host);
        }
        return all.stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .distinct()
                .toList();
    }
}
