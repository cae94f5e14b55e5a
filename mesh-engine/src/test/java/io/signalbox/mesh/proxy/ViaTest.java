package io.signalbox.mesh.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.config.PolicyFormat;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** RFC 9110, 7.6.3: who passes a message on names itself, and the version in which it came. */
class ViaTest extends MeshCase {

    @Test
    void eachHopNamesItselfAfterThoseBefore() throws IOException {
        TestApp app = serve(TestApp.saying(200, "v1"));

        RawHttp.Answer answer = call("GET / HTTP/1.1\nHost: catalog\nVia: 1.0 fred, 1.1 p.example\n\n");

        assertThat(app.asked().getFirst().headers().get("Via"))
                .containsExactly("1.0 fred, 1.1 p.example", "1.1 signalbox", "2 signalbox");
        assertThat(answer.head().field("Via")).isEqualTo("2 signalbox");
    }

    @Test
    void theVersionIsThatOfTheMessageAsItCame() throws IOException {
        TestApp plain = expose(TestApp.saying(200, "v1"));

        RawHttp.Answer answer = call("GET http://catalog/ HTTP/1.0\nHost: catalog\n\n");

        assertThat(plain.asked().getFirst().headers().get("Via")).containsExactly("1.0 signalbox");
        assertThat(answer.head().field("Via")).isEqualTo("1.1 signalbox");
    }

    @Test
    void whatTheApplicationSaysOfProxiesBehindItStays() throws IOException {
        serve(TestApp.answering(exchange -> {
            exchange.getResponseHeaders().set("Via", "1.1 behind");
            TestApp.say(exchange, 200, "done");
        }));

        assertThat(get("/").head().all("Via")).containsExactly("1.1 behind", "2 signalbox");
    }

    @Test
    void aRuleTakesItAway() throws IOException {
        TestApp app = expose(TestApp.saying(200, "v1"));
        mesh.policy(PolicyFormat.read("""
            apiVersion: signalbox.io/v1
            kind: TrafficPolicy
            service: catalog
            rules:
              - match: { pathPrefix: / }
                to: v1
                requestHeaders: { remove: Via }
                responseHeaders: { remove: Via }
            """));

        RawHttp.Answer answer = get("/");

        assertThat(app.asked().getFirst().headers().get("Via")).isNull();
        assertThat(answer.head().field("Via")).isEmpty();
    }
}
