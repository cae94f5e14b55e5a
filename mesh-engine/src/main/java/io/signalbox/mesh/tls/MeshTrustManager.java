package io.signalbox.mesh.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Lets in members of the mesh alone, and on the client's side none but the one expected at that address.
 *
 * <p>Host names play no part: a service is known by its SPIFFE id, wherever it runs.
 */
final class MeshTrustManager extends X509ExtendedTrustManager {

    private final Supplier<MeshTrust> trust;
    private final InstantSource clock;
    private final Function<@Nullable HostPort, Optional<SpiffeId>> expected;

    /**
     * @param trust asked at each handshake
     * @param expected who must answer at an address; it is given {@code null} where an engine does not tell
     */
    MeshTrustManager(
            Supplier<MeshTrust> trust, InstantSource clock, Function<@Nullable HostPort, Optional<SpiffeId>> expected) {
        this.trust = trust;
        this.clock = clock;
        this.expected = expected;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        PeerIdentity.verify(chain, trust.get(), Purpose.CLIENT, clock.instant());
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, @Nullable SSLEngine engine)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        checkServer(chain, null);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket)
            throws CertificateException {
        checkServer(
                chain,
                socket == null || socket.getInetAddress() == null
                        ? null
                        : new HostPort(socket.getInetAddress().getHostAddress(), socket.getPort()));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, @Nullable SSLEngine engine)
            throws CertificateException {
        checkServer(
                chain,
                engine == null || engine.getPeerHost() == null
                        ? null
                        : new HostPort(engine.getPeerHost(), engine.getPeerPort()));
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return trust.get().roots().toArray(X509Certificate[]::new);
    }

    private void checkServer(X509Certificate[] chain, @Nullable HostPort address) throws CertificateException {
        SpiffeId id = PeerIdentity.verify(chain, trust.get(), Purpose.SERVER, clock.instant())
                .id();
        SpiffeId wanted = expected.apply(address)
                .orElseThrow(() -> new CertificateException(
                        "peer: " + id + " at " + address + " (expected: nobody is known to be there)"));
        if (!id.equals(wanted)) {
            throw new CertificateException("peer: " + id + " at " + address + " (expected: " + wanted + ")");
        }
    }
}
