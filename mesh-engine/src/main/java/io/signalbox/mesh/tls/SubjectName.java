package io.signalbox.mesh.tls;

import io.signalbox.mesh.model.InvalidValueException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;

/** Reads the one SPIFFE id that a certificate stands for (X509-SVID standard, section 2). */
final class SubjectName {

    private static final Integer URI = 6;

    private SubjectName() {}

    static SpiffeId of(X509Certificate leaf) throws CertificateException {
        Collection<List<?>> names = leaf.getSubjectAlternativeNames();
        List<String> uris = names == null
                ? List.of()
                : names.stream()
                        .filter(name -> URI.equals(name.getFirst()))
                        .map(name -> String.valueOf(name.get(1)))
                        .toList();
        if (uris.size() != 1) {
            throw new CertificateException("certificate of " + leaf.getSubjectX500Principal() + ": " + uris.size()
                    + " URI names (expected: exactly one, spiffe://…)");
        }
        try {
            return SpiffeId.parse(uris.getFirst());
        } catch (InvalidValueException e) {
            throw new CertificateException(e.getMessage(), e);
        }
    }
}
