package io.signalbox.mesh.config;

import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.tls.ServiceIdentity;
import java.security.cert.CertificateException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads an identity from the PEM files that a section names, and proves it as a peer would. */
final class IdentityReader {

    private static final Pattern REASON = Pattern.compile("^certificate( of .*?)?: | \\(expected: .*", Pattern.DOTALL);

    private IdentityReader() {}

    static ServiceIdentity read(Section section, NamedFiles files, Instant now) {
        section.allowing(Set.of("certificate", "key", "trust"));
        String certificate = pem(section, "certificate", files);
        String key = pem(section, "key", files);
        String trust = pem(section, "trust", files);
        return section.build(() -> proven(identity(certificate, key, trust), now));
    }

    private static String pem(Section section, String name, NamedFiles files) {
        return section.parsed(name, given -> files.text(name, given)).orElseThrow(() -> section.missing(name));
    }

    private static ServiceIdentity identity(String certificate, String key, String trust) {
        try {
            return ServiceIdentity.fromPem(certificate, key, trust);
        } catch (InvalidValueException e) {
            String field = e.field().equals("ca") ? "trust" : e.field();
            throw new InvalidValueException(field, reason(e.value()), e.expected());
        }
    }

    /** A certificate that no peer would believe is found here, not in the first handshake. */
    private static ServiceIdentity proven(ServiceIdentity identity, Instant now) {
        try {
            identity.requireBelievable(now);
            return identity;
        } catch (CertificateException e) {
            throw new InvalidValueException(
                    "certificate",
                    reason(Optional.ofNullable(e.getMessage()).orElse("not believed")),
                    "a workload's, valid now and signed by the root in trust");
        }
    }

    /** What went wrong, on one line, without the expectation that the message ends with. */
    private static String reason(String message) {
        return REASON.matcher(message).replaceAll("").replaceAll("\\s+", " ").strip();
    }
}
