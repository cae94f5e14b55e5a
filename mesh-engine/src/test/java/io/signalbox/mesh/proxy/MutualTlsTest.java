package io.signalbox.mesh.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.mesh.model.MtlsMode;
import io.signalbox.mesh.tls.MeshCertificateAuthority;
import io.signalbox.mesh.tls.MeshTls;
import io.signalbox.mesh.tls.ServiceIdentity;
import java.io.IOException;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may talk to an inbound listener, and what the application learns of them. */
class MutualTlsTest extends MeshCase {

    private TestApp app;
    private ServiceIdentity catalog;

    @BeforeEach
    void startApplication() throws IOException {
        app = mesh.closing(TestApp.saying(200, "served"));
        catalog = mesh.authority.issue("catalog", "catalog-1");
    }

    @Test
    void mtlsCoversOnlyTheClientLegInTheReferenceAndTheServersHere() throws Exception {
        Sidecar sidecar = inbound(MtlsMode.STRICT);

        assertThat(overTls(
                        sidecar,
                        new MeshTls(mesh.authority.issue("shop", "shop-1"), InstantSource.system())
                                .clientContext(catalog.id())))
                .isEqualTo(200);
        assertThat(app.asked().getFirst().headers().get("x-signalbox-source")).containsExactly("shop");
    }

    @Test
    void aCallerWithoutACertificateIsRefused() throws Exception {
        Sidecar sidecar = inbound(MtlsMode.STRICT);

        assertThatThrownBy(() -> overTls(sidecar, trustingAnyone())).isInstanceOf(IOException.class);
        assertThat(app.asked()).isEmpty();
    }

    @Test
    void aCallerOfAnotherMeshIsRefused() throws Exception {
        Sidecar sidecar = inbound(MtlsMode.STRICT);
        MeshCertificateAuthority other =
                new MeshCertificateAuthority("test.signalbox", InstantSource.system(), new SecureRandom());
        ServiceIdentity stranger = other.issue("shop", "shop-1");

        assertThatThrownBy(() -> overTls(
                        sidecar,
                        new MeshTls(stranger, InstantSource.system())
                                .clientContext(address -> Optional.of(catalog.id()))))
                .isInstanceOf(IOException.class);
        assertThat(app.asked()).isEmpty();
    }

    @Test
    void plainTextIsRefusedWhenStrict() throws Exception {
        Sidecar sidecar = inbound(MtlsMode.STRICT);

        assertThatThrownBy(() -> plain(sidecar)).isInstanceOf(IOException.class);
        assertThat(app.asked()).isEmpty();
    }

    @Test
    void permissiveTakesBothAndNamesOnlyWhoHasProvenIt() throws Exception {
        Sidecar sidecar = inbound(MtlsMode.PERMISSIVE);

        assertThat(plain(sidecar)).isEqualTo(200);
        assertThat(overTls(
                        sidecar,
                        new MeshTls(mesh.authority.issue("shop", "shop-1"), InstantSource.system())
                                .clientContext(catalog.id())))
                .isEqualTo(200);

        assertThat(app.asked().get(0).headers().get("x-signalbox-source")).isNull();
        assertThat(app.asked().get(1).headers().get("x-signalbox-source")).containsExactly("shop");
    }

    @Test
    void offIsPlainTextAlone() throws Exception {
        Sidecar sidecar = inbound(MtlsMode.OFF);

        assertThat(plain(sidecar)).isEqualTo(200);
        assertThat(app.asked().getFirst().headers().get("x-signalbox-source")).isNull();
    }

    @Test
    void aSidecarWithoutAnIdentityCannotReachASecuredEndpoint() throws Exception {
        serve(TestApp.saying(200, "secret"));
        Sidecar intruder = mesh.start(SidecarSpec.client("intruder", "intruder-0", null));

        try (RawHttp http = new RawHttp(intruder.outboundPort())) {
            RawHttp.Answer answer =
                    http.send("GET / HTTP/1.1\nHost: catalog\n\n").answer();
            assertThat(answer.status()).isEqualTo(502);
            assertThat(answer.cause()).isEqualTo("identity-mismatch");
        }
    }

    private Sidecar inbound(MtlsMode mode) {
        return mesh.start(SidecarSpec.of("catalog", "v1", "catalog-1", app.port(), catalog)
                .withMtls(mode));
    }

    private static int plain(Sidecar sidecar) throws IOException {
        try (RawHttp http = new RawHttp(sidecar.inboundPort().orElseThrow())) {
            return http.send("GET / HTTP/1.1\nHost: catalog\nx-signalbox-source: forged\n\n")
                    .answer()
                    .status();
        }
    }

    private static int overTls(Sidecar sidecar, SSLContext context) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory()
                .createSocket(
                        InetAddress.getLoopbackAddress(), sidecar.inboundPort().orElseThrow());
        socket.setEnabledProtocols(new String[] {"TLSv1.3"});
        try (RawHttp http = new RawHttp(socket)) {
            return http.send("GET / HTTP/1.1\nHost: catalog\nx-signalbox-source: forged\n\n")
                    .answer()
                    .status();
        }
    }

    private static SSLContext trustingAnyone() throws Exception {
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(null, new TrustManager[] {new TrustAnyone()}, null);
        return context;
    }

    private static final class TrustAnyone implements X509TrustManager {

        @Override
        public void checkClientTrusted(java.security.cert.X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(java.security.cert.X509Certificate[] chain, String type) {}

        @Override
        public java.security.cert.X509Certificate[] getAcceptedIssuers() {
            return new java.security.cert.X509Certificate[0];
        }
    }
}
