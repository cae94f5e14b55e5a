package io.signalbox.mesh.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What passes through two sidecars, with mutual TLS between them, arrives as it was sent. */
@Timeout(20)
class SidecarTransparencyTest {

    private TestMesh mesh;
    private Sidecar shop;

    @BeforeEach
    void start() {
        mesh = new TestMesh();
        shop = mesh.caller();
    }

    @AfterEach
    void stop() throws Exception {
        mesh.close();
    }

    @Test
    void aCallTravelsThroughBothSidecars() throws IOException {
        TestApp app = serve(TestApp.saying(200, "hello"));

        RawHttp.Answer answer = call("GET /items?x=1 HTTP/1.1\nHost: catalog\n\n");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("hello");
        assertThat(answer.cause()).isEmpty();
        assertThat(app.asked()).extracting(TestApp.Asked::target).containsExactly("/items?x=1");
    }

    @Test
    void theCallerIsNamedToTheApplicationByItsCertificateAndNotByItself() throws IOException {
        TestApp app = serve(TestApp.saying(200, "hello"));

        call("""
                GET / HTTP/1.1
                Host: catalog
                x-signalbox-source: admin
                X-Signalbox-Other: x
                X-Forwarded-Client-Cert: By=somebody

                """);

        var headers = app.asked().getFirst().headers();
        assertThat(headers.get("x-signalbox-source")).containsExactly("shop");
        assertThat(headers.get("x-signalbox-other")).isNull();
        assertThat(headers.get("x-forwarded-client-cert")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/a?q=%2F%2f&q=a+b&&=&empty=&x=%C3%A9",
                "//double//slash?x=//y",
                "/a/../b/./c;p=1/%2e%2e/d%2Fe",
                "/with?question?marks=a=b",
                "/?",
                "/pipe|brace{}?x=[1]|{2}"
            })
    void pathAndQueryStayAsTheyAreByteForByte(String target) throws IOException {
        String[] seen = new String[1];
        RawApp app = mesh.closing(RawApp.talking(connection -> {
            seen[0] = connection.request();
            connection.send("HTTP/1.1 200 OK\nContent-Length: 0\n\n");
        }));
        mesh.serve("catalog", "v1", "catalog-1", app.port());

        RawHttp.Answer answer = call("GET " + target + " HTTP/1.1\nHost: catalog\n\n");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(seen[0]).isEqualTo("GET " + target + " HTTP/1.1");
    }

    private TestApp serve(TestApp app) {
        mesh.closing(app);
        mesh.serve("catalog", "v1", "catalog-1", app.port());
        return app;
    }

    private RawHttp.Answer call(String request) throws IOException {
        try (RawHttp http = new RawHttp(shop.outboundPort())) {
            return http.send(request).answerTo(request.substring(0, request.indexOf(' ')));
        }
    }

}
