package io.signalbox.mesh.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.model.Protocol;
import io.signalbox.mesh.model.RetryCondition;
import io.signalbox.mesh.model.RetryPolicy;
import io.signalbox.mesh.proxy.transport.TransportLimits;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Each failure has its own cause word and its own status, and says nothing about the inside. */
class FailureCauseTest extends MeshCase {

    @Test
    void aNameThatNobodyRegistered() throws IOException {
        assertFailure(call("GET / HTTP/1.1\nHost: nobody\n\n"), 404, "unknown-service");
    }

    @Test
    void aServiceWithoutEndpoints() throws IOException {
        mesh.policy(TestMesh.draft("catalog").done());
        assertFailure(get("/"), 503, "no-endpoints");
    }

    @Test
    void aPortThatNobodyListensOn() throws IOException {
        mesh.plain("catalog", "v1", "catalog-1", closedPort());
        assertFailure(get("/"), 503, "connect-failure");
    }

    @Test
    void aSidecarWhoseApplicationIsDown() throws IOException {
        mesh.serve("catalog", "v1", "catalog-1", closedPort());
        assertFailure(get("/"), 503, "app-unreachable");
    }

    @Test
    void anAnswerThatDoesNotComeInTime() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        serve(RawApp.talking(connection -> never.await()));
        mesh.policy(TestMesh.draft("catalog").timeout(Duration.ofMillis(150)).done());
        assertFailure(get("/"), 504, "timeout");
        never.countDown();
    }

    @Test
    void anAttemptThatTakesTooLong() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        serve(RawApp.talking(connection -> never.await()));
        mesh.policy(TestMesh.draft("catalog")
                .retry(
                        2,
                        Optional.of(Duration.ofMillis(100)),
                        RetryPolicy.Methods.IDEMPOTENT,
                        List.of(RetryCondition.TIMEOUT))
                .done());
        assertFailure(get("/"), 504, "per-try-timeout");
        never.countDown();
    }

    @Test
    void aConnectionThatEndsBeforeTheHead() throws IOException {
        expose(RawApp.talking(connection -> {
            connection.request();
            connection.send("HTTP/1.1 200 OK\nX-Half: ");
            connection.reset();
        }));
        assertFailure(get("/"), 502, "upstream-reset");
    }

    @Test
    void aConnectionToTheApplicationThatEndsBeforeTheHead() throws IOException {
        serve(RawApp.talking(connection -> {
            connection.request();
            connection.reset();
        }));
        assertFailure(get("/"), 502, "upstream-reset");
    }

    @Test
    void anAnswerThatIsNotHttp() throws IOException {
        expose(RawApp.talking(connection -> {
            connection.request();
            connection.send("SSH-2.0-OpenSSH_9.2\n");
        }));
        assertFailure(get("/"), 502, "upstream-protocol");
    }

    @Test
    void anAnswerHeadBeyondTheLimit() throws IOException {
        expose(RawApp.talking(connection -> {
            connection.request();
            connection.send("HTTP/1.1 200 OK\nX-Long: " + "x".repeat(100_000) + "\n\n");
        }));
        assertFailure(get("/"), 502, "upstream-protocol");
    }

    @Test
    void anEndpointThatIsSomebodyElse() throws Exception {
        TestApp app = mesh.closing(TestApp.saying(200, "wrong"));
        Sidecar other = mesh.serve("ratings", "v1", "ratings-1", app.port());
        mesh.register(new Endpoint(
                "catalog",
                "catalog-1",
                "v1",
                "127.0.0.1",
                other.inboundPort().orElseThrow(),
                Protocol.HTTP,
                mesh.authority.issue("catalog", "catalog-1").id().toString()));

        assertFailure(get("/"), 502, "identity-mismatch");
        assertThat(app.asked()).isEmpty();
    }

    @Test
    void anEndpointWithAnIdentityOnWhosePortSomebodySpeaksPlain() throws Exception {
        RawApp app = mesh.closing(RawApp.talking(connection -> connection.send("HTTP/1.1 400 Bad Request\n\n")));
        mesh.register(new Endpoint(
                "catalog",
                "catalog-1",
                "v1",
                "127.0.0.1",
                app.port(),
                Protocol.HTTP,
                mesh.authority.issue("catalog", "catalog-1").id().toString()));

        assertFailure(get("/"), 502, "identity-mismatch");
    }

    @Test
    void anEndpointWithAnIdentityOnWhosePortNobodyAnswers() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (TestMesh impatient = new TestMesh(TransportLimits.DEFAULT.withHandshake(Duration.ofMillis(200)))) {
            RawApp app = impatient.closing(RawApp.talking(connection -> never.await()));
            impatient.register(new Endpoint(
                    "catalog",
                    "catalog-1",
                    "v1",
                    "127.0.0.1",
                    app.port(),
                    Protocol.HTTP,
                    impatient.authority.issue("catalog", "catalog-1").id().toString()));
            try (RawHttp http = new RawHttp(impatient.caller().outboundPort())) {
                assertFailure(http.send("GET / HTTP/1.1\nHost: catalog\n\n").answer(), 503, "connect-failure");
            }
        }
        never.countDown();
    }

    @Test
    void aBodyThatBreaksOffNeverLooksWhole() throws IOException {
        serve(RawApp.talking(connection -> {
            connection.request();
            connection.send("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n5\nhello\n");
            connection.reset();
        }));
        try (RawHttp http = new RawHttp(shop.outboundPort())) {
            http.send("GET / HTTP/1.1\nHost: catalog\n\n");
            assertThatThrownBy(http::answer).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aBodyThatEndsWithTheConnectionOfAnOldCallerNeverLooksWholeEither() throws IOException {
        serve(RawApp.talking(connection -> {
            connection.request();
            connection.send("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n5\nhello\n");
            connection.reset();
        }));
        try (RawHttp http = new RawHttp(shop.outboundPort())) {
            http.send("GET / HTTP/1.0\nHost: catalog\n\n");
            assertThatThrownBy(http::answer).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aRequestThatTurnsOutBadWhileItsAnswerComesBreaksTheAnswerOff() throws IOException {
        serve(RawApp.talking(connection -> {
            connection.request();
            connection.send("HTTP/1.1 200 OK\nContent-Length: 400\n\npartial-");
            connection.http().line();
            connection.http().in.readAllBytes();
        }));
        try (RawHttp http = new RawHttp(shop.outboundPort())) {
            http.send("POST / HTTP/1.1\nHost: catalog\nTransfer-Encoding: chunked\n\n5\nhello\n");
            assertThat(http.head().status()).isEqualTo(200);
            assertThat(http.exactly(8)).asString().isEqualTo("partial-");
            http.send("ZZ\n");
            assertThatThrownBy(() -> http.exactly(392)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aCauseIsBelievedOnlyFromAPeerOfTheMesh() throws IOException {
        expose(TestApp.answering(exchange -> {
            exchange.getResponseHeaders().set("x-signalbox-cause", "breaker-open");
            TestApp.say(exchange, 503, "forged");
        }));
        RawHttp.Answer answer = get("/");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.cause()).isEmpty();
        assertThat(answer.body()).isEqualTo("forged");
    }

    @Test
    void anApplicationBehindASidecarCannotForgeACauseEither() throws IOException {
        serve(TestApp.answering(exchange -> {
            exchange.getResponseHeaders().set("x-signalbox-cause", "app-unreachable");
            TestApp.say(exchange, 503, "forged");
        }));
        assertThat(get("/").cause()).isEmpty();
    }

    private static void assertFailure(RawHttp.Answer answer, int status, String cause) {
        assertThat(answer.cause()).isEqualTo(cause);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.head().field("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.body()).contains("\"status\":" + status).contains("\"cause\":\"" + cause + "\"");
        assertThat(answer.body()).doesNotContain("Exception").doesNotContain("eclipse");
    }
}
