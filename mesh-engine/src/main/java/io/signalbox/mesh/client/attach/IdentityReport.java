package io.signalbox.mesh.client.attach;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a sidecar proves itself with, as it tells its control plane.
 *
 * @param serial of its certificate, in hexadecimal
 * @param notAfter when that ends
 * @param roots the fingerprints of those that it believes: SHA-256, in hexadecimal
 * @param trouble why its renewal fails; {@code null} when it does not
 */
public record IdentityReport(
        String serial,
        Instant notAfter,
        List<String> roots,
        @Nullable String trouble) {

    public IdentityReport {
        Objects.requireNonNull(serial, "serial");
        roots = List.copyOf(roots);
    }
}
