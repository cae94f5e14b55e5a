package io.signalbox.mesh.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.mesh.config.PolicyFormat;
import io.signalbox.mesh.model.MtlsMode;
import io.signalbox.mesh.model.Protocol;
import io.signalbox.mesh.proxy.transport.TransportLimits;
import io.signalbox.mesh.tls.MeshCertificateAuthority;
import io.signalbox.mesh.tls.MeshTls;
import io.signalbox.mesh.tls.ServiceIdentity;
import java.io.IOException;
import java.net.Socket;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may connect to the inbound listener of an application that speaks TCP, and what its end looks like. */
class TcpInboundTest extends TcpCase {

    private ServiceIdentity stock;

    @Override
    protected TransportLimits limits() {
        return TransportLimits.DEFAULT.withSniff(Duration.ofMillis(150));
    }

    @BeforeEach
    void issue() {
        stock = mesh.authority.issue("stock", "stock-1");
    }

    @Test
    void strictLetsInWhoHasProvenItself() throws Exception {
        RawApp app = app(TcpCase::echo);
        Sidecar sidecar = inbound(app, MtlsMode.STRICT);

        try (SSLSocket socket = secured(sidecar, member())) {
            assertThat(ask(socket, "tea")).isEqualTo("tea");
        }
    }

    @Test
    void strictRefusesAStranger() throws Exception {
        RawApp app = app(TcpCase::echo);
        Sidecar sidecar = inbound(app, MtlsMode.STRICT);
        ServiceIdentity stranger = new MeshCertificateAuthority(
                        "test.signalbox", InstantSource.system(), new SecureRandom())
                .issue("shop", "shop-1");
        SSLContext context =
                new MeshTls(stranger, InstantSource.system()).clientContext(address -> Optional.of(stock.id()));

        assertThatThrownBy(() -> {
                    try (SSLSocket socket = secured(sidecar, context)) {
                        ask(socket, "tea");
                    }
                })
                .isInstanceOf(IOException.class);
        assertThat(app.connections()).isZero();
    }

    @Test
    void strictRefusesPlainText() throws Exception {
        RawApp app = app(TcpCase::echo);
        Sidecar sidecar = inbound(app, MtlsMode.STRICT);

        try (Socket socket = plain(sidecar)) {
            say(socket, "a line that is no handshake\n");
            assertThat(heardNothing(socket)).isTrue();
        }
        assertThat(app.connections()).isZero();
    }

    @Test
    void offIsPlainText() throws Exception {
        Sidecar sidecar = inbound(app(TcpCase::echo), MtlsMode.OFF);

        try (Socket socket = plain(sidecar)) {
            assertThat(ask(socket, "tea")).isEqualTo("tea");
        }
    }

    @Test
    void permissiveTakesBoth() throws Exception {
        Sidecar sidecar = inbound(app(TcpCase::echo), MtlsMode.PERMISSIVE);

        try (SSLSocket socket = secured(sidecar, member())) {
            assertThat(ask(socket, "sealed")).isEqualTo("sealed");
        }
        try (Socket socket = plain(sidecar)) {
            assertThat(ask(socket, "plain")).isEqualTo("plain");
        }
    }

    @Test
    void permissiveTakesForPlainTextWhatOnlyBeginsLikeTls() throws Exception {
        Sidecar sidecar = inbound(app(TcpCase::echo), MtlsMode.PERMISSIVE);

        try (Socket socket = plain(sidecar)) {
            socket.getOutputStream().write(new byte[] {22, 3, 1, 0, 9, 2});
            assertThat(socket.getInputStream().readNBytes(6)).containsExactly(22, 3, 1, 0, 9, 2);
        }
        try (Socket socket = plain(sidecar)) {
            socket.getOutputStream().write(new byte[] {22, 3});
            assertThat(socket.getInputStream().readNBytes(2)).containsExactly(22, 3);
        }
    }

    @Test
    void permissiveWaitsAMomentAndThenLetsTheServerSpeakFirst() throws Exception {
        Sidecar sidecar = inbound(app(connection -> connection.send("welcome")), MtlsMode.PERMISSIVE);

        try (Socket socket = plain(sidecar)) {
            assertThat(hearAll(socket)).isEqualTo("welcome");
        }
    }

    @Test
    void theServerMaySpeakFirstThroughTwoSidecars() throws Exception {
        serve(connection -> {
            connection.send("welcome");
            echo(connection);
        });

        try (Socket socket = connect()) {
            assertThat(hear(socket, 7)).isEqualTo("welcome");
            assertThat(ask(socket, "thanks")).isEqualTo("thanks");
        }
    }

    @Test
    void anEndWithoutCloseNotifyIsNoEnd() throws Exception {
        CompletableFuture<Boolean> reset = new CompletableFuture<>();
        RawApp app = app(connection -> {
            connection.socket().getInputStream().readNBytes(4);
            reset.complete(isReset(connection.socket()));
        });
        Socket raw = plain(inbound(app, MtlsMode.STRICT));
        SSLSocket sealed = (SSLSocket) member().getSocketFactory().createSocket(raw, "stock", raw.getPort(), false);

        say(sealed, "half");
        raw.shutdownOutput();

        assertThat(reset.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        raw.close();
    }

    @Test
    void anEndWithCloseNotifyLeavesTheOtherDirectionOpen() throws Exception {
        RawApp app = app(connection -> {
            String asked = hearAll(connection.socket());
            connection.send(asked + ", all of it");
        });

        try (SSLSocket socket = secured(inbound(app, MtlsMode.STRICT), member())) {
            say(socket, "whole");
            socket.shutdownOutput();
            assertThat(hearAll(socket)).isEqualTo("whole, all of it");
        }
    }

    @Test
    void theHandshakeNamesWhatIsSpoken() throws Exception {
        Sidecar sidecar = inbound(app(TcpCase::echo), MtlsMode.STRICT);

        try (SSLSocket socket = offering(sidecar, "h2", "signalbox-tcp")) {
            assertThat(ask(socket, "tea")).isEqualTo("tea");
            assertThat(socket.getApplicationProtocol()).isEqualTo("signalbox-tcp");
        }
        assertThatThrownBy(() -> {
                    try (SSLSocket socket = offering(sidecar, "h2", "http/1.1")) {
                        ask(socket, "tea");
                    }
                })
                .isInstanceOf(IOException.class);
    }

    @Test
    void whomThePolicyDoesNotLetInSeesAResetAndWhoIsConnectedStays() throws Exception {
        RawApp app = app(TcpCase::echo);
        Sidecar sidecar = inbound(app, MtlsMode.PERMISSIVE);
        try (SSLSocket standing = secured(sidecar, member())) {
            assertThat(ask(standing, "tea")).isEqualTo("tea");
            authorize("default: deny, rules: [ { action: allow, match: { sources: [unknown] } },"
                    + " { action: allow, match: { sources: [shop], methods: [GET] } } ]");

            try (SSLSocket socket = secured(sidecar, member())) {
                assertThat(heardNothing(socket)).isTrue();
            }
            try (Socket socket = plain(sidecar)) {
                assertThat(ask(socket, "plain")).isEqualTo("plain");
            }
            assertThat(ask(standing, "more")).isEqualTo("more");
        }
        assertThat(app.connections()).isEqualTo(2);
        assertThat(sidecar.metrics().access().drain())
                .extracting(counted -> counted.source() + " " + counted.decision() + " " + counted.count())
                .containsExactlyInAnyOrder("shop DENIED 1", "unknown ALLOWED 1");
        authorize("default: allow");
        try (SSLSocket socket = secured(sidecar, member())) {
            assertThat(ask(socket, "tea")).isEqualTo("tea");
        }
    }

    private void authorize(String authorization) {
        mesh.policy(PolicyFormat.read("apiVersion: signalbox.io/v1\nkind: TrafficPolicy\nservice: stock\n"
                + "authorization: { " + authorization + " }"));
    }

    private RawApp app(RawApp.Conversation conversation) throws IOException {
        return mesh.closing(RawApp.talking(conversation));
    }

    private Sidecar inbound(RawApp app, MtlsMode mode) {
        return mesh.start(SidecarSpec.of("stock", "v1", "stock-1", app.port(), stock)
                .withAppProtocol(Protocol.TCP)
                .withMtls(mode));
    }

    private SSLContext member() {
        return new MeshTls(mesh.authority.issue("shop", "shop-1"), InstantSource.system()).clientContext(stock.id());
    }

    private static Socket plain(Sidecar sidecar) throws IOException {
        return connect(sidecar.inboundPort().orElseThrow());
    }

    private static SSLSocket secured(Sidecar sidecar, SSLContext context) throws IOException {
        Socket raw = plain(sidecar);
        return (SSLSocket) context.getSocketFactory().createSocket(raw, "stock", raw.getPort(), true);
    }

    private SSLSocket offering(Sidecar sidecar, String... protocols) throws IOException {
        SSLSocket socket = secured(sidecar, member());
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(protocols);
        socket.setSSLParameters(parameters);
        return socket;
    }

    /** Whether the connection ends, in whatever way, without a byte of the application. */
    private static boolean heardNothing(Socket socket) throws IOException {
        try {
            byte[] heard = socket.getInputStream().readAllBytes();
            // At most an alert that says why.
            return heard.length < 32;
        } catch (java.net.SocketException e) {
            return true;
        }
    }
}
