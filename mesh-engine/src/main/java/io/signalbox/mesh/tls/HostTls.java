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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

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
     * @param members whose certificates are accepted from callers that show one; asked at each handshake
     */
    public static SSLContext server(
            Supplier<HostCertificate> source, Supplier<MeshTrust> members, InstantSource clock) {
        return context(
                new KeyManager[] {new HostKeyManager(source)},
                new TrustManager[] {new MeshTrustManager(members, clock, _ -> Optional.empty())});
    }

    /**
     * Certificates of an authority for some hosts, made anew in time.
     *
     * @param authority asked at each handshake; with another one than before a certificate is made anew
     */
    public static Supplier<HostCertificate> issuedBy(
            Supplier<MeshCertificateAuthority> authority, List<String> hosts, InstantSource clock) {
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
                trustManagers(member.identity().roots()));
    }

    /**
     * The same, as a workload that shows its certificate and believes the roots of its mesh beside others.
     *
     * @param roots in PEM; {@code null} for those of the system
     */
    public static SSLContext client(@Nullable String roots, ServiceIdentity member) {
        List<X509Certificate> believed = new ArrayList<>(member.roots());
        believed.addAll(roots == null ? ofSystem() : Pem.certificates("ca", roots));
        return context(new KeyManager[] {new MeshKeyManager(member)}, trustManagers(believed));
    }

    private static List<X509Certificate> ofSystem() {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init((KeyStore) null);
            return Arrays.stream(factory.getTrustManagers())
                    .filter(X509TrustManager.class::isInstance)
                    .flatMap(manager -> Arrays.stream(((X509TrustManager) manager).getAcceptedIssuers()))
                    .toList();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java runtime has no roots of the system", e);
        }
    }

    private static TrustManager[] trustManagers(List<X509Certificate> roots) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (int i = 0; i < roots.size(); i++) {
                store.setCertificateEntry(Integer.toString(i), roots.get(i));
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

        private final Supplier<MeshCertificateAuthority> authority;
        private final List<String> hosts;
        private final InstantSource clock;

        @GuardedBy("this")
        private MeshCertificateAuthority issuer;

        @GuardedBy("this")
        private HostCertificate current;

        @GuardedBy("this")
        private Instant renewal;

        Issued(Supplier<MeshCertificateAuthority> authority, List<String> hosts, InstantSource clock) {
            this.authority = authority;
            this.hosts = List.copyOf(hosts);
            this.clock = clock;
            issuer = authority.get();
            current = issuer.issueHost(hosts, LIFETIME);
            renewal = renewal(clock.instant());
        }

        @Override
        public synchronized HostCertificate get() {
            Instant now = clock.instant();
            MeshCertificateAuthority signer = authority.get();
            if (!now.isBefore(renewal) || !signer.equals(issuer)) {
                issuer = signer;
                current = issuer.issueHost(hosts, LIFETIME);
                renewal = renewal(now);
            }
            return current;
        }

        private static Instant renewal(Instant now) {
            return now.plus(LIFETIME.multipliedBy(2).dividedBy(3));
        }
    }
}
