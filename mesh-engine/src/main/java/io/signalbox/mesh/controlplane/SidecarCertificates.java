package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.client.CertificateInfo;
import io.signalbox.mesh.tls.ServiceIdentity;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The certificates that sidecars of this process show. */
final class SidecarCertificates {

    /** Who signs them. */
    private static final String BY = "mesh";

    private SidecarCertificates() {}

    /** Numbered so that the first of the list is the newest, as pages of certificates are. */
    static List<CertificateInfo> of(List<SidecarLink> links, Instant now) {
        List<SidecarLink> ordered = links.stream()
                .filter(link -> link.identity().isPresent())
                .sorted(Comparator.comparing(SidecarLink::service).thenComparing(SidecarLink::instanceId))
                .toList();
        List<CertificateInfo> certificates = new ArrayList<>();
        for (SidecarLink link : ordered) {
            certificates.add(
                    info(link, link.identity().orElseThrow(), (long) ordered.size() - certificates.size(), now));
        }
        return certificates;
    }

    private static CertificateInfo info(SidecarLink link, ServiceIdentity identity, long sequence, Instant now) {
        X509Certificate leaf = identity.chain().getFirst();
        return new CertificateInfo(
                sequence,
                leaf.getSerialNumber().toString(16),
                identity.id().toString(),
                link.service(),
                link.instanceId(),
                BY,
                "",
                leaf.getNotBefore().toInstant(),
                identity.notAfter(),
                now.isBefore(identity.notAfter()) ? CertificateInfo.State.ACTIVE : CertificateInfo.State.EXPIRED);
    }
}
