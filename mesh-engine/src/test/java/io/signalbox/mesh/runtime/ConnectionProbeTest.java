package io.signalbox.mesh.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.mesh.client.Fingerprint;
import io.signalbox.mesh.client.MeshException;
import io.signalbox.mesh.client.RunningMeshes;
import io.signalbox.mesh.client.remote.ConnectionProbe;
import io.signalbox.mesh.client.remote.PresentedCertificate;
import io.signalbox.mesh.client.remote.ProbeFinding;
import io.signalbox.mesh.client.remote.ProbeFinding.Stage;
import io.signalbox.mesh.client.remote.ProbeFinding.Trouble;
import io.signalbox.mesh.client.remote.RemoteMesh;
import io.signalbox.mesh.client.remote.ServerTrust;
import io.signalbox.mesh.config.AccessToken;
import io.signalbox.mesh.time.Ticker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The staged test of a connection, and trust on first use, against control planes in TLS. */
final class ConnectionProbeTest {

    @TempDir
    private Path folder;

    private StandaloneControlPlane plane;
    private final AtomicInteger tokensAsked = new AtomicInteger();

    @BeforeEach
    void start() {
        plane = plane("data");
    }

    @AfterEach
    void stop() {
        plane.close();
    }

    @Test
    void aConnectionThatIsWellPassesEveryStage() {
        List<ProbeFinding> findings =
                probe(here(), new ServerTrust.Authorities(plane.ca().orElseThrow()));
        assertThat(findings).hasOnlyElementsOfType(ProbeFinding.Passed.class);
        assertThat(findings).extracting(ProbeFinding::stage).containsExactly(Stage.values());
        assertThat(((ProbeFinding.Passed) findings.get(2)).found()).isEqualTo("TLSv1.3");
    }

    @Test
    void anUnknownAuthorityIsShownAsOpenSslWouldAndTheTokenStaysHere() throws Exception {
        List<ProbeFinding> findings = probe(here(), new ServerTrust.JavaRoots());
        PresentedCertificate shown = ((ProbeFinding.Unknown) findings.getLast()).presented();
        assertThat(shown.kind()).isEqualTo(PresentedCertificate.Kind.AUTHORITY);
        assertThat(shown.fingerprint()).isEqualTo(Fingerprint.of(root(plane)));
        assertThat(tokensAsked).hasValue(0);
    }

    @Test
    void whatWasComparedIsBelievedAfterTheServerGotANewCertificate() throws Exception {
        ServerTrust known = new ServerTrust.Known(Fingerprint.of(root(plane)));
        assertThat(probe(here(), known).getLast()).isInstanceOf(ProbeFinding.Passed.class);
        plane.close();
        plane = plane("data");
        assertThat(probe(here(), known).getLast()).isInstanceOf(ProbeFinding.Passed.class);
    }

    @Test
    void anotherAuthorityThanTheComparedOneIsToldWithBothFingerprints() throws Exception {
        Fingerprint before = Fingerprint.of(root(plane));
        plane.close();
        plane = plane("other");
        List<ProbeFinding> findings = probe(here(), new ServerTrust.Known(before));
        ProbeFinding.Changed changed = (ProbeFinding.Changed) findings.getLast();
        assertThat(changed.known()).isEqualTo(before);
        assertThat(changed.presented().fingerprint()).isEqualTo(Fingerprint.of(root(plane)));
        assertThat(tokensAsked).hasValue(0);
    }

    @Test
    void aConnectionToAnotherAuthoritySendsNothingAndNamesBothFingerprints() throws Exception {
        Fingerprint before = Fingerprint.of(root(plane));
        plane.close();
        plane = plane("other");
        try (RemoteMesh mesh = new RemoteMesh(
                here(),
                AccessToken.read(plane.tokenFile()),
                new Random(1),
                Optional.of(new ServerTrust.Known(before).context()))) {
            assertThatThrownBy(mesh::snapshot)
                    .isInstanceOfSatisfying(
                            MeshException.class, e -> assertThat(e.kind()).isEqualTo(MeshException.Kind.FORBIDDEN))
                    .hasMessageContaining(before.toString())
                    .hasMessageContaining(Fingerprint.of(root(plane)).toString());
        }
    }

    @Test
    void aKnownAuthorityIsBelievedForTheNamesThatItSignedAlone() throws Exception {
        URI byAnotherName = URI.create("https://" + otherNameOfLoopback() + ":" + here().getPort());
        ProbeFinding last = probe(byAnotherName, new ServerTrust.Known(Fingerprint.of(root(plane))))
                .getLast();
        assertThat(((ProbeFinding.Failed) last).trouble()).isEqualTo(Trouble.OTHER_NAME);
        assertThat(tokensAsked).hasValue(0);
    }

    @Test
    void eachTroubleIsToldByItsName() throws IOException {
        assertThat(trouble("https://no-such-host.invalid")).isEqualTo(Trouble.NO_SUCH_NAME);
        assertThat(trouble("https://localhost:" + freePort())).isEqualTo(Trouble.REFUSED);
        assertThat(trouble("http://" + otherNameOfLoopback() + ":" + here().getPort()))
                .isEqualTo(Trouble.PLAIN);
    }

    @Test
    void aTokenThatNobodyMadeIsRefused() {
        List<ProbeFinding> findings = new ArrayList<>();
        new ConnectionProbe(
                        here(),
                        new ServerTrust.Authorities(plane.ca().orElseThrow()),
                        () -> Optional.of(AccessToken.of("nobody-made-this-token")),
                        Ticker.system())
                .run(findings::add);
        assertThat(((ProbeFinding.Failed) findings.getLast()).trouble()).isEqualTo(Trouble.TOKEN_REFUSED);
    }

    private Trouble trouble(String address) {
        ProbeFinding last =
                probe(URI.create(address), new ServerTrust.JavaRoots()).getLast();
        return ((ProbeFinding.Failed) last).trouble();
    }

    private List<ProbeFinding> probe(URI address, ServerTrust trust) {
        List<ProbeFinding> findings = new ArrayList<>();
        new ConnectionProbe(
                        address,
                        trust,
                        () -> {
                            tokensAsked.incrementAndGet();
                            return Optional.of(AccessToken.read(plane.tokenFile()));
                        },
                        Ticker.system())
                .run(findings::add);
        return findings;
    }

    /** All of 127.0.0.0/8 leads here, and the certificate is for the first alone. */
    private static String otherNameOfLoopback() {
        return "127.0.0.2";
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private URI here() {
        return URI.create("https://localhost:" + plane.uri().getPort());
    }

    private static X509Certificate root(StandaloneControlPlane of) throws Exception {
        try (var in = Files.newInputStream(of.ca().orElseThrow())) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    private StandaloneControlPlane plane(String data) {
        Listen listen = new Listen("0.0.0.0", 0, List.of("mesh.test"), Optional.of(new Listen.OwnAuthority()));
        return StandaloneControlPlane.start(
                new ControlPlaneOptions(
                        "kept", listen, folder.resolve(data), ControlPlaneOptions.LEASE, Duration.ofHours(1)),
                new RunningMeshes(folder.resolve("run")));
    }
}
