package io.signalbox.mesh.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.signalbox.mesh.config.PolicyFormat;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** {@code shop} calls {@code catalog}, and catalog's application calls {@code reviews}, passing on trace fields alone. */
class StickyHopsTest extends MeshCase {

    private static final int USERS = 40;

    private final AtomicReference<Sidecar> besideCatalog = new AtomicReference<>();

    @Test
    void theChoiceTravelsThroughAnApplicationThatOnlyPassesOnTheTrace() throws IOException {
        services("traceparent", "tracestate");
        policy("catalog", "stickiness: { header: X-User-ID }");
        policy("reviews", "split: { v1: 50, v2: 50 }\nstickiness: { header: x-user-id }");

        Map<String, String> first = new HashMap<>();
        for (int round = 0; round < 3; round++) {
            for (int user = 0; user < USERS; user++) {
                String got = call("GET / HTTP/1.1\nHost: catalog\nX-User-ID: user-" + user + "\n\n")
                        .body();
                assertThat(first.putIfAbsent("user-" + user, got)).isIn(null, got);
            }
        }
        assertThat(new HashSet<>(first.values())).containsExactlyInAnyOrder("v1", "v2");
        for (Map.Entry<String, String> user : first.entrySet()) {
            assertThat(call("GET / HTTP/1.1\nHost: reviews\nX-User-ID: " + user.getKey() + "\n\n")
                            .body())
                    .as("called at once, with the header itself")
                    .isEqualTo(user.getValue());
        }
    }

    @Test
    void aKeyTravelsEvenWhenTheFirstServiceHasNoUseForIt() throws IOException {
        services("traceparent", "tracestate");
        policy("reviews", "split: { v1: 50, v2: 50 }\nstickiness: { header: X-User-ID }");

        Set<String> got = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            got.add(call("GET / HTTP/1.1\nHost: catalog\nX-User-ID: mira\n\n").body());
        }
        assertThat(got).hasSize(1);
    }

    @Test
    void theValueItselfDoesNotTravelAndOthersMembersDo() throws IOException {
        TestApp app = serve(TestApp.saying(200, "ok"));
        policy("catalog", "stickiness: { header: X-User-ID }");

        call("GET / HTTP/1.1\nHost: catalog\nX-User-ID: mira\ntracestate: vendor=7\n"
                + "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\n\n");
        assertThat(app.asked().getFirst().headers().getFirst("tracestate")).matches("signalbox=[0-9a-f]{24},vendor=7");
    }

    @Test
    void withoutAnyStickinessNothingIsAddedToTheTrace() throws IOException {
        TestApp app = serve(TestApp.saying(200, "ok"));

        call("GET / HTTP/1.1\nHost: catalog\nX-User-ID: mira\n\n");
        assertThat(app.asked().getFirst().headers().getFirst("tracestate")).isNull();
    }

    @Test
    void whereTheTraceIsNotPassedOnTheNextHopDrawsAtRandom() throws IOException {
        services();
        policy("reviews", "split: { v1: 50, v2: 50 }\nstickiness: { header: X-User-ID }");

        Set<String> got = new HashSet<>();
        for (int i = 0; i < 60; i++) {
            got.add(call("GET / HTTP/1.1\nHost: catalog\nX-User-ID: mira\n\n").body());
        }
        assertThat(got).containsExactlyInAnyOrder("v1", "v2");
    }

    @Test
    void aCallerWithoutTheCookieIsGivenOneAndStaysWithItsVersionOnEveryHop() throws IOException {
        services("traceparent", "tracestate");
        String sticky = "stickiness: { cookie: session, ttl: 1h }";
        policy("catalog", sticky);
        policy("reviews", "split: { v1: 50, v2: 50 }\n" + sticky);

        Set<String> versions = new HashSet<>();
        for (int i = 0; i < 12; i++) {
            RawHttp.Answer first = get("/");
            String given = first.head().field("Set-Cookie");
            assertThat(given).matches("session=[0-9a-f]{16}; Path=/; Max-Age=3600; HttpOnly");
            String cookie = given.substring(0, given.indexOf(';'));
            for (int again = 0; again < 4; again++) {
                RawHttp.Answer answer = call("GET / HTTP/1.1\nHost: catalog\nCookie: a=b; " + cookie + "\n\n");
                assertThat(answer.body()).isEqualTo(first.body());
                assertThat(answer.head().field("Set-Cookie")).isEmpty();
            }
            versions.add(first.body());
        }
        assertThat(versions).containsExactlyInAnyOrder("v1", "v2");
    }

    /** Of the fields it was called with, catalog's application passes on these alone. */
    private void services(String... passedOn) throws IOException {
        TestApp app = mesh.closing(TestApp.answering(exchange -> TestApp.say(exchange, 200, ask(exchange, passedOn))));
        besideCatalog.set(mesh.serve("catalog", "v1", "catalog-1", app.port()));
        for (String version : new String[] {"v1", "v2"}) {
            TestApp reviews = mesh.closing(TestApp.saying(200, version));
            mesh.serve("reviews", version, "reviews-" + version, reviews.port());
        }
    }

    private String ask(HttpExchange exchange, String... passedOn) throws IOException {
        StringBuilder request = new StringBuilder("GET / HTTP/1.1\nHost: reviews\n");
        for (String name : passedOn) {
            String value = exchange.getRequestHeaders().getFirst(name);
            if (value != null) {
                request.append(name).append(": ").append(value).append('\n');
            }
        }
        try (RawHttp http =
                new RawHttp(Objects.requireNonNull(besideCatalog.get()).outboundPort())) {
            return http.send(request.append('\n').toString()).answer().body();
        }
    }

    private void policy(String service, String fields) {
        mesh.policy(PolicyFormat.read(
                "apiVersion: signalbox.io/v1\nkind: TrafficPolicy\nservice: " + service + "\n" + fields));
    }
}
