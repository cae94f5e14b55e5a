package io.signalbox.mesh.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.mesh.explain.CallOrder;
import io.signalbox.mesh.explain.DecisionRecord;
import io.signalbox.mesh.explain.ExplainedRequest;
import io.signalbox.mesh.explain.RequestFilter;
import io.signalbox.mesh.metrics.ScrapeFormat;
import io.signalbox.mesh.model.Cause;
import io.signalbox.mesh.model.MtlsMode;
import io.signalbox.mesh.model.Protection;
import io.signalbox.mesh.model.RateLimit;
import io.signalbox.mesh.tls.MeshTls;
import io.signalbox.mesh.tls.ServiceIdentity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;

/** What the sidecar beside an application takes of each caller, by the identity that its certificate proves. */
class CallerLimitTest extends MeshCase {

    @Test
    void oneCallerFloodsAndTheOtherIsUntouched() throws IOException {
        TestApp app = serve(TestApp.saying(200, "fine"));
        Sidecar cart = mesh.caller("cart");
        limit(3);

        List<Integer> flood = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            flood.add(get("/").status());
        }

        assertThat(flood.subList(0, 3)).containsOnly(200);
        assertThat(flood.subList(3, 20)).containsOnly(429);
        for (int i = 0; i < 3; i++) {
            assertThat(through(cart, "GET / HTTP/1.1\nHost: catalog\n\n").status())
                    .isEqualTo(200);
        }
        assertThat(app.asked()).hasSize(6);
    }

    @Test
    void twoInstancesOfACallerShareWhatTheirServiceMaySend() throws IOException {
        serve(TestApp.saying(200, "fine"));
        Sidecar second = mesh.start(SidecarSpec.client("shop", "shop-1", mesh.authority.issue("shop", "shop-1")));
        limit(1);

        assertThat(get("/").status()).isEqualTo(200);
        assertThat(through(second, "GET / HTTP/1.1\nHost: catalog\n\n").status())
                .isEqualTo(429);
    }

    @Test
    void theRefusalSaysWhyAndWhenToComeAgain() throws IOException {
        serve(TestApp.saying(200, "fine"));
        limit(1);
        get("/");

        RawHttp.Answer refused = get("/");

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.cause()).isEqualTo("rate-limited");
        assertThat(refused.head().field("Content-Type")).isEqualTo("application/problem+json");
        assertThat(Integer.parseInt(refused.head().field("Retry-After"))).isBetween(3590, 3600);
        assertThat(refused.body()).contains("More requests of this caller than an instance of catalog takes.");
    }

    @Test
    void aForgedIdentityChangesNothing() throws IOException {
        TestApp app = serve(TestApp.saying(200, "fine"));
        limit(1);
        get("/");

        for (String name : List.of("cart", "shop", "catalog", "unproven")) {
            assertThat(call("GET / HTTP/1.1\nHost: catalog\n" + forged(name)).status())
                    .isEqualTo(429);
        }
        assertThat(app.asked()).hasSize(1);
    }

    @Test
    void aCallerThatGoesPastItsSidecarAndLiesIsHeldAllTheSame() throws Exception {
        TestApp app = mesh.closing(TestApp.saying(200, "fine"));
        ServiceIdentity catalog = mesh.authority.issue("catalog", "catalog-1");
        Sidecar strict = mesh.start(SidecarSpec.of("catalog", "v1", "catalog-1", app.port(), catalog));
        limit(2);

        assertThat(directly(strict, "shop", "cart", catalog)).isEqualTo(200);
        assertThat(directly(strict, "shop", "news", catalog)).isEqualTo(200);
        assertThat(directly(strict, "shop", "cart", catalog)).isEqualTo(429);
        assertThat(directly(strict, "cart", "shop", catalog)).isEqualTo(200);
        assertThat(app.asked()).hasSize(3);
    }

    @Test
    void whoeverProvesNothingSharesOneLimitWhateverTheySay() throws IOException {
        TestApp app = mesh.closing(TestApp.saying(200, "fine"));
        Sidecar open = mesh.start(
                SidecarSpec.of("catalog", "v1", "catalog-1", app.port(), mesh.authority.issue("catalog", "catalog-1"))
                        .withMtls(MtlsMode.PERMISSIVE));
        limit(2);

        assertThat(plainly(open, "shop")).isEqualTo(200);
        assertThat(plainly(open, "cart")).isEqualTo(200);
        assertThat(plainly(open, "catalog")).isEqualTo(429);
        assertThat(scraped())
                .contains("signalbox_caller_limit_refused_total{destination=\"catalog\",source=\"unproven\"} 1.0");
        DecisionRecord record = refusedAt("catalog-1");
        assertThat(record.source()).isEqualTo("unproven");
        assertThat(record.caller().identity()).isNull();
    }

    @Test
    void refusalsAreCountedAndToldOnBothSides() throws IOException {
        TestApp app = serve(TestApp.saying(200, "fine"));
        limit(1);
        get("/");
        call("GET /items?x=1 HTTP/1.1\nHost: catalog\nX-Request-ID: req-7\n\n");

        assertThat(scraped())
                .contains("signalbox_caller_limit_refused_total{destination=\"catalog\",source=\"shop\"} 1.0");
        DecisionRecord record = refusedAt("catalog-" + app.port());
        assertThat(record.requestId()).isEqualTo("req-7");
        assertThat(record.caller().identity()).isEqualTo("spiffe://test.signalbox/service/shop");
        assertThat(record.status()).isEqualTo(429);
        assertThat(record.cause()).isEqualTo(Cause.RATE_LIMITED);
        assertThat(record.revision()).isEqualTo(shop.config().revision());
        await().atMost(Duration.ofSeconds(5))
                .until(() -> mesh.shared.decisions().hops("req-7").size() == 2);
        List<ExplainedRequest> hops = CallOrder.explain(mesh.shared.decisions().hops("req-7"), List.of());
        assertThat(hops).extracting(ExplainedRequest::depth).containsExactly(0, 1);
        assertThat(hops.getFirst().request().sourceInstance()).isEqualTo("shop-0");
        assertThat(hops.getFirst().attempts().getFirst().cause()).isEqualTo(Cause.RATE_LIMITED);
        assertThat(hops.getLast().request().sourceInstance()).isEmpty();
    }

    @Test
    void anotherChangeOfThePolicyRefillsNothingAndWithoutALimitNothingIsRefused() throws IOException {
        serve(TestApp.saying(200, "fine"));
        limit(1);
        get("/");
        mesh.policy(TestMesh.draft("catalog")
                .timeout(Duration.ofSeconds(4))
                .done()
                .withProtection(Protection.NONE.withCallerLimit(anHour(1))));
        assertThat(get("/").status()).isEqualTo(429);

        mesh.policy(TestMesh.draft("catalog").done());
        for (int i = 0; i < 5; i++) {
            assertThat(get("/").status()).isEqualTo(200);
        }
    }

    private void limit(int requests) {
        mesh.policy(TestMesh.draft("catalog").done().withProtection(Protection.NONE.withCallerLimit(anHour(requests))));
    }

    private static RateLimit anHour(int requests) {
        return new RateLimit(requests, Duration.ofHours(1), requests);
    }

    /** Every field in which anybody might look for a caller's name. */
    private static String forged(String name) {
        String id = "spiffe://test.signalbox/service/" + name;
        return "x-signalbox-source: " + name + "\nx-forwarded-client-cert: By=x;URI=" + id
                + "\nx-forwarded-for: 10.0.0.1\n" + "x-spiffe-id: " + id + "\n\n";
    }

    private static int plainly(Sidecar sidecar, String name) throws IOException {
        try (RawHttp http = new RawHttp(sidecar.inboundPort().orElseThrow())) {
            return http.send("GET / HTTP/1.1\nHost: catalog\n" + forged(name))
                    .answer()
                    .status();
        }
    }

    /** A request over a connection of one's own, by a service that says to be another one. */
    private int directly(Sidecar sidecar, String service, String said, ServiceIdentity callee) throws IOException {
        SSLContext context = new MeshTls(mesh.authority.issue(service, service + "-9"), InstantSource.system())
                .clientContext(callee.id());
        SSLSocket socket = (SSLSocket) context.getSocketFactory()
                .createSocket(
                        InetAddress.getLoopbackAddress(), sidecar.inboundPort().orElseThrow());
        socket.setEnabledProtocols(new String[] {"TLSv1.3"});
        try (RawHttp http = new RawHttp(socket)) {
            return http.send("GET / HTTP/1.1\nHost: catalog\n" + forged(said))
                    .answer()
                    .status();
        }
    }

    private static RawHttp.Answer through(Sidecar sidecar, String request) throws IOException {
        try (RawHttp http = new RawHttp(sidecar.outboundPort())) {
            return http.send(request).answer();
        }
    }

    private DecisionRecord refusedAt(String instance) {
        List<DecisionRecord> found = new ArrayList<>();
        await().atMost(Duration.ofSeconds(5)).until(() -> {
            mesh.shared.decisions().newest(RequestFilter.ALL, 100).stream()
                    .filter(record -> record.arrival() != null)
                    .forEach(found::add);
            return !found.isEmpty();
        });
        DecisionRecord record = found.getFirst();
        assertThat(Objects.requireNonNull(record.arrival()).instance()).isEqualTo(instance);
        return record;
    }

    private String scraped() throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (Sidecar sidecar : mesh.sidecars()) {
            sidecar.metrics().scrape(text, ScrapeFormat.PROMETHEUS);
        }
        return text.toString(StandardCharsets.UTF_8);
    }
}
