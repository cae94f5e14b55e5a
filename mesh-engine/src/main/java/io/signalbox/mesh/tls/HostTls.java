package io.signalbox.mesh.tls;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * TLS between a server that is known by its host name and whoever calls it, who may be a member of the mesh and prove it.
 *
 * <p>Contexts alone: protocols and suites are set on the engines, by whoever makes them.
 */
public final class HostTls {

    /** Nothing older. */
    public static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

    /** Authenticated encryption with forward secrecy, and no other. */
    public static final List<String> SUITES = List.of(
            "TLS_AES_256_GCM_SHA384",
            "TLS_AES_128_GCM_SHA256",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    /** How long a certificate is shown that was made for a server; the next one is made after two thirds of it. */
    static final Duration LIFETIME = Duration.ofDays(7);

    private HostTls() {}

    /**
     * The server's side.
     *
     * @param source asked at each handshake
     * @param members whose certificates are accepted from callers that show one
     */
    public static SSLContext server(Supplier<HostCertificate> source, MeshTrust members, InstantSource clock) {
        return context(
                new KeyManager[] {new HostKeyManager(source)},
                new TrustManager[] {new MeshTrustManager(members, clock, _ -> Optional.empty())});
    }

    /** Certificates of an authority for some hosts, made anew in time. */
    public static Supplier<HostCertificate> issuedBy(
            MeshCertificateAuthority authority, List<String> hosts, InstantSource clock) {
        return new Issued(authority, hosts, clock);
    }

    /** The caller's side: believes the roots of a PEM file, and the host names of those alone. */
    public static SSLContext client(Path roots) throws IOException {
        return client(Pem.read(roots));
    }

    /** @param roots in PEM; a refusal names the field {@code ca} */
    public static SSLContext client(String roots) {
        return context(new KeyManager[0], trustManagers(Pem.certificates("ca", roots)));
    }

    /** The same, as a member of the mesh that shows its certificate. */
    public static SSLContext client(MeshTls member) {
        return context(
                new KeyManager[] {member.keyManager()},
                trustManagers(List.of(member.identity().root())));
    }

    private static TrustManager[] trustManagers(List<X509Certificate> roots) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (X509Certificate root : roots) {
                store.setCertificateEntry(root.getSerialNumber().toString(16), root);
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(store);
            return factory.getTrustManagers();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("This Java runtime cannot hold certificates", e);
        }
    }

    private static SSLContext context(KeyManager[] keys, TrustManager[] trust) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, trust, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java runtime has no TLS", e);
        }
    }

    private static final class Issued implements Supplier<HostCertificate> {

        private final MeshCertificateAuthority authority;
        private final List<String> hosts;
        private final InstantSource clock;

        @GuardedBy("this")
        private HostCertificate current;

        @GuardedBy("this")
        private Instant renewal;

        Issued(MeshCertificateAuthority authority, List<String> hosts, InstantSource clock) {
            this.authority = authority;
            this.hosts = List.copyOf(hosts);
            this.clock = clock;
            current = authority.issueHost(hosts, LIFETIME);
            renewal = renewal(clock.instant());
        }

        @Override
        public synchronized HostCertificate get() {
            Instant now = clock.instant();
            if (!now.isBefore(renewal)) {
                current = authority.issueHost(hosts, LIFETIME);
                renewal = renewal(now);
            }
            return current;
        }

        private static Instant renewal(Instant now) {
            return now.plus(LIFETIME.multipliedBy(2).dividedBy(3));
        }
    }
}
