package io.signalbox.mesh.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a request says which service it means, and which host that service sees. */
class TargetServiceTest extends MeshCase {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        GET / HTTP/1.1;Host: catalog                                | catalog
        GET / HTTP/1.1;Host: catalog:8080                           | catalog:8080
        GET / HTTP/1.1;Host: Catalog                                | Catalog
        GET / HTTP/1.1;Host: catalog.mesh                           | catalog.mesh
        GET / HTTP/1.1;Host: www.example.org;X-Target-Service: catalog | www.example.org
        GET http://catalog/ HTTP/1.1;Host: catalog                  | catalog
        GET http://catalog:8080/ HTTP/1.1;Host: catalog:8080        | catalog:8080
        GET http://catalog/ HTTP/1.1;Host: elsewhere                | catalog
        """)
    void aServiceIsNamedByHeaderOrHostAndSeesTheHostThatItsCallerMeant(String request, String host) throws IOException {
        TestApp app = serve(TestApp.saying(200, "here"));

        RawHttp.Answer answer = call(request.strip().replace(";", "\n") + "\n\n");

        assertThat(answer.body()).isEqualTo("here");
        assertThat(app.asked().getFirst().target()).isEqualTo("/");
        assertThat(app.asked().getFirst().headers().get("Host")).containsExactly(host);
        assertThat(app.asked().getFirst().headers().get("X-Target-Service")).isNull();
    }

    @Test
    void whatNamesNoServiceGoesToTheDefaultService() throws IOException {
        TestApp app = serve(TestApp.saying(200, "front"));
        Sidecar ingress =
                mesh.start(SidecarSpec.client("ingress", "ingress-0", mesh.authority.issue("ingress", "ingress-0"))
                        .withDefaultService("catalog"));

        try (RawHttp http = new RawHttp(ingress.outboundPort())) {
            RawHttp.Answer answer = http.send("GET / HTTP/1.1\nHost: 127.0.0.1:" + ingress.outboundPort() + "\n\n")
                    .answer();
            assertThat(answer.body()).isEqualTo("front");
        }
        assertThat(app.asked().getFirst().headers().getFirst("Host")).startsWith("127.0.0.1:");
    }
}
