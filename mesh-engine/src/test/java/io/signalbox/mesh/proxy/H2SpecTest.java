package io.signalbox.mesh.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.signalbox.mesh.metrics.SidecarMetrics;
import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.model.Protocol;
import io.signalbox.mesh.proxy.inbound.InboundRequests;
import io.signalbox.mesh.proxy.transport.ChannelSecurity;
import io.signalbox.mesh.proxy.transport.Listener;
import io.signalbox.mesh.proxy.transport.ListenerSpec;
import io.signalbox.mesh.proxy.transport.Target;
import io.signalbox.mesh.resilience.TraceDeadlines;
import io.signalbox.mesh.time.Ticker;
import io.signalbox.mesh.tls.MeshTls;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every case of h2spec 2.2.0 against the listeners of a sidecar. */
@Timeout(180)
class H2SpecTest {

    @TempDir
    static Path folder;

    private static H2Spec h2spec;

    private TestMesh mesh;

    @BeforeAll
    static void unpack() throws Exception {
        Optional<String> archive = H2Spec.archive();
        assumeTrue(
                archive.isPresent(),
                "h2spec 2.2.0 has no binary for " + System.getProperty("os.name") + " on "
                        + System.getProperty("os.arch"));
        h2spec = H2Spec.unpack(archive.orElseThrow(), folder);
    }

    @BeforeEach
    void startMesh() {
        mesh = new TestMesh();
    }

    @AfterEach
    void stopMesh() throws Exception {
        mesh.close();
    }

    @Test
    void theOutboundListenerConformsBeforeAnHttp11Application() throws Exception {
        TestApp app = mesh.closing(TestApp.saying(200, "hello"));
        mesh.plain("catalog", "v1", "catalog-1", app.port());

        assertConforms(h2spec.run(outboundToCatalog()));
    }

    @Test
    void theOutboundListenerConformsBeforeAnHttp2Application() throws Exception {
        H2cApp app = mesh.closing(H2cApp.echoing());
        mesh.register(new Endpoint("catalog", "catalog-1", "v1", "127.0.0.1", app.port(), Protocol.H2C, null));

        assertConforms(h2spec.run(outboundToCatalog()));
    }

    @Test
    void aTlsListenerConforms() throws Exception {
        TestApp app = mesh.closing(TestApp.saying(200, "hello"));
        Listener listener = mesh.shared
                .transport()
                .listen(
                        new ListenerSpec(
                                "inbound of catalog",
                                "127.0.0.1",
                                0,
                                new ListenerSpec.Entry.Secured(new AnyCaller(new MeshTls(
                                        mesh.authority.issue("catalog", "catalog-1"), InstantSource.system()))),
                                1_024),
                        new InboundRequests(new InboundRequests.Environment(
                                "catalog",
                                "v1",
                                "catalog-1",
                                new Target("catalog/catalog-1", "127.0.0.1", app.port(), null, Target.Speech.HTTP1),
                                mesh.shared.spans(),
                                mesh.shared.decisions(),
                                new SidecarMetrics("catalog", "catalog-1", List::of),
                                Ticker.system(),
                                InstantSource.system(),
                                new Random(9113),
                                new TraceDeadlines(Ticker.system()))));
        try {
            assertConforms(h2spec.run(listener.port(), "-t", "-k"));
        } finally {
            listener.close(Duration.ZERO);
        }
    }

    private int outboundToCatalog() {
        return mesh.start(SidecarSpec.client("shop", "shop-0", null).withDefaultService("catalog"))
                .outboundPort();
    }

    private static void assertConforms(H2Spec.Report report) {
        assertThat(report.failed()).isEmpty();
        assertThat(report.skipped()).isEmpty();
        assertThat(report.cases()).isEqualTo(H2Spec.CASES);
    }

    /**
     * Lets in callers without a certificate, and with TLS 1.2: h2spec has no client certificate and knows no TLS 1.3.
     * All else is as on an inbound listener.
     */
    private record AnyCaller(MeshTls tls) implements ChannelSecurity {

        @Override
        public SSLEngine newEngine() {
            SSLEngine engine = tls.serverContext().createSSLEngine();
            engine.setUseClientMode(false);
            engine.setEnabledProtocols(new String[] {"TLSv1.2", "TLSv1.3"});
            return engine;
        }

        @Override
        public String verify(SSLSession session) {
            return "spiffe://test.signalbox/service/h2spec";
        }
    }
}
