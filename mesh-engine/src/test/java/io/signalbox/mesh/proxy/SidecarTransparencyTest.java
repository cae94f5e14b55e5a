package io.signalbox.mesh.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What passes through two sidecars, with mutual TLS between them, arrives as it was sent. */
class SidecarTransparencyTest extends MeshCase {

    @Test
    void aCallTravelsThroughBothSidecars() throws IOException {
        TestApp app = serve(TestApp.saying(200, "hello"));

        RawHttp.Answer answer = get("/items?x=1");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("hello");
        assertThat(answer.cause()).isEmpty();
        assertThat(app.asked()).extracting(TestApp.Asked::target).containsExactly("/items?x=1");
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
    void theQueryStringIsDroppedByTheReferenceAndKeptHereByteForByte(String target) throws IOException {
        List<String> seen = new CopyOnWriteArrayList<>();
        serve(RawApp.talking(connection -> {
            seen.add(connection.request());
            connection.send("HTTP/1.1 200 OK\nContent-Length: 0\n\n");
        }));

        RawHttp.Answer answer = get(target);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(seen).containsExactly("GET " + target + " HTTP/1.1");
    }

    @Test
    void repeatedHeadersKeepTheirOrderBothWays() throws IOException {
        TestApp app = serve(TestApp.answering(exchange -> {
            exchange.getResponseHeaders().put("Set-Cookie", List.of("a=1", "b=2", "c=3"));
            TestApp.say(exchange, 200, "ok");
        }));

        RawHttp.Answer answer = call("GET / HTTP/1.1\nHost: catalog\nX-Many: 1\nOther: x\nX-Many: 2\nX-Many: 1\n\n");

        assertThat(app.asked().getFirst().headers().get("X-Many")).containsExactly("1", "2", "1");
        assertThat(answer.head().all("Set-Cookie")).containsExactly("a=1", "b=2", "c=3");
    }

    @Test
    void fieldsOfOneConnectionDoNotTravelOn() throws IOException {
        List<List<String>> seen = new CopyOnWriteArrayList<>();
        serve(RawApp.talking(connection -> {
            connection.http().line();
            seen.add(connection.http().fields());
            connection.send("HTTP/1.1 200 OK\n"
                    + "Connection: X-Private\n"
                    + "X-Private: 1\n"
                    + "Keep-Alive: timeout=9\n"
                    + "X-Public: 2\n"
                    + "Content-Length: 0\n\n");
        }));

        RawHttp.Answer answer = call("""
            GET / HTTP/1.1
            Host: catalog
            Connection: X-Own, keep-alive
            X-Own: secret
            Keep-Alive: timeout=5
            Proxy-Authorization: Basic abc
            TE: trailers, deflate
            Upgrade: websocket
            X-Kept: yes

            """);

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(seen.getFirst()).anyMatch(field -> field.equalsIgnoreCase("X-Kept: yes"));
        assertThat(seen.getFirst())
                .filteredOn(field -> !field.equals("Connection: TE"))
                .noneMatch(field -> field.matches("(?i)(x-own|keep-alive|proxy-authorization|upgrade|connection):.*"));
        assertThat(seen.getFirst()).contains("TE: trailers");
        assertThat(answer.head().field("X-Public")).isEqualTo("2");
        assertThat(answer.head().field("X-Private")).isEmpty();
        assertThat(answer.head().field("Keep-Alive")).isEmpty();
    }

    @Test
    void nothingIsAddedToTheRequestButTraceIdentityAndWhoPassedItOn() throws IOException {
        List<List<String>> seen = new CopyOnWriteArrayList<>();
        serve(RawApp.talking(connection -> {
            connection.http().line();
            seen.add(connection.http().fields());
            connection.send("HTTP/1.1 200 OK\nContent-Length: 0\n\n");
        }));

        RawHttp.Answer answer = get("/");

        assertThat(seen.getFirst())
                .allMatch(field ->
                        field.matches("(?i)(host|x-request-id|traceparent|x-b3-.*|x-signalbox-source|via):.*"));
        assertThat(answer.head().fields()).containsExactly("Via: 2 signalbox", "Content-Length: 0");
    }

    @Test
    void encodedBodiesAreNotDecoded() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write("a text that is packed".getBytes(StandardCharsets.UTF_8));
        }
        byte[] packed = bytes.toByteArray();
        serve(TestApp.answering(exchange -> {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            exchange.sendResponseHeaders(200, packed.length);
            exchange.getResponseBody().write(packed);
        }));

        RawHttp.Answer answer = get("/");

        assertThat(answer.head().field("Content-Encoding")).isEqualTo("gzip");
        assertThat(answer.body().getBytes(StandardCharsets.ISO_8859_1)).isEqualTo(packed);
    }

    @Test
    void redirectsAndDemandsForAPasswordAreTheCallersBusiness() throws IOException {
        TestApp app = serve(TestApp.answering(exchange -> {
            boolean moved = exchange.getRequestURI().getPath().equals("/moved");
            exchange.getResponseHeaders()
                    .set(moved ? "Location" : "WWW-Authenticate", moved ? "/other" : "Basic realm=x");
            TestApp.say(exchange, moved ? 302 : 401, "x".repeat(100_000));
        }));

        assertThat(get("/moved").status()).isEqualTo(302);
        RawHttp.Answer refused = get("/secret");

        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.body()).hasSize(100_000);
        assertThat(app.asked()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HEAD / HTTP/1.1", "HEAD /unknown HTTP/1.1", "GET /204 HTTP/1.1", "GET /304 HTTP/1.1"})
    void answersWithoutABodyEndAtTheirHead(String line) throws IOException {
        serve(RawApp.talking(connection -> {
            while (true) {
                String request = connection.request();
                connection.send(
                        request.contains("/204")
                                ? "HTTP/1.1 204 No Content\nX-A: b\n\n"
                                : request.contains("/304")
                                        ? "HTTP/1.1 304 Not Modified\nETag: x\nContent-Length: 77\n\n"
                                        : request.contains("/unknown")
                                                ? "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n"
                                                : "HTTP/1.1 200 OK\nContent-Length: 1234\n\n");
            }
        }));
        String method = line.substring(0, line.indexOf(' '));

        try (RawHttp http = new RawHttp(shop.outboundPort())) {
            for (int i = 0; i < 3; i++) {
                RawHttp.Answer answer = http.send(line + "\nHost: catalog\n\n").answerTo(method);
                assertThat(answer.status()).isIn(200, 204, 304);
                assertThat(answer.head().field("Content-Length"))
                        .isEqualTo(line.startsWith("HEAD / ") ? "1234" : line.contains("/304") ? "77" : "");
            }
        }
    }

    @Test
    void bodiesWithoutALengthAndTheirTrailersSurviveBothWays() throws IOException {
        List<String> seen = new CopyOnWriteArrayList<>();
        serve(RawApp.talking(connection -> {
            connection.request();
            for (int size = connection.http().chunkSize();
                    size > 0;
                    size = connection.http().chunkSize()) {
                seen.add(new String(connection.http().exactly(size), StandardCharsets.UTF_8));
                connection.http().line();
            }
            seen.addAll(connection.http().fields());
            connection.send("HTTP/1.1 200 OK\n"
                    + "Transfer-Encoding: chunked\n"
                    + "Trailer: X-Sum\n\n"
                    + "3\n"
                    + "abc\n"
                    + "2\n"
                    + "de\n"
                    + "0\n"
                    + "X-Sum: 5\n"
                    + "X-Two: 2\n\n");
        }));

        RawHttp.Answer answer = call(
                "POST / HTTP/1.1\nHost: catalog\nTransfer-Encoding: chunked\n\n4\nwith\n6\nout it\n0\nX-Check: 10\n\n");

        assertThat(answer.body()).isEqualTo("abcde");
        assertThat(answer.trailers())
                .usingElementComparator(String::compareToIgnoreCase)
                .containsExactly("X-Sum: 5", "X-Two: 2");
        assertThat(answer.head().field("Trailer")).isEqualTo("X-Sum");
        assertThat(String.join("", seen)).isEqualToIgnoringCase("without itX-Check: 10");
    }

    @Test
    void aCallerThatExpectsToBeAskedForItsBodyIsAsked() throws IOException {
        serve(TestApp.answering(exchange -> TestApp.say(
                exchange, 200, new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8))));

        try (RawHttp http = new RawHttp(shop.outboundPort())) {
            http.send("POST / HTTP/1.1\nHost: catalog\nExpect: 100-continue\nContent-Length: 5\n\n");
            assertThat(http.head().status()).isEqualTo(100);
            assertThat(http.send("hello").answer().body()).isEqualTo("hello");
        }
    }

    @Test
    void interimAnswersComeThroughBeforeTheFinalOne() throws IOException {
        serve(RawApp.talking(connection -> {
            connection.request();
            connection.send("HTTP/1.1 103 Early Hints\nLink: </a>\n\nHTTP/1.1 102 Processing\n\n");
            connection.send("HTTP/1.1 200 OK\nContent-Length: 2\n\nok");
        }));

        try (RawHttp http = new RawHttp(shop.outboundPort())) {
            RawHttp.Head hints = http.send("GET / HTTP/1.1\nHost: catalog\n\n").head();
            assertThat(hints.status()).isEqualTo(103);
            assertThat(hints.field("Link")).isEqualTo("</a>");
            assertThat(http.head().status()).isEqualTo(102);

            RawHttp.Answer answer = http.answer();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("ok");
            assertThat(answer.head().field("Link")).isEmpty();
        }
    }

    @Test
    void anOldCallerIsSparedInterimAnswers() throws IOException {
        serve(RawApp.talking(connection -> {
            connection.request();
            connection.send("HTTP/1.1 103 Early Hints\nLink: </a>\n\nHTTP/1.1 200 OK\nContent-Length: 2\n\nok");
        }));

        assertThat(call("GET / HTTP/1.0\nHost: catalog\n\n").body()).isEqualTo("ok");
    }

    @Test
    void manyRequestsShareOneConnection() throws IOException {
        serve(TestApp.saying(200, "again"));

        try (RawHttp http = new RawHttp(shop.outboundPort())) {
            for (int i = 0; i < 50; i++) {
                assertThat(http.send("GET /" + i + " HTTP/1.1\nHost: catalog\n\n")
                                .answer()
                                .body())
                        .isEqualTo("again");
            }
        }
    }

    @Test
    void anOldCallerGetsAnAnswerThatEndsWithItsConnection() throws IOException {
        serve(TestApp.answering(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("no length".getBytes(StandardCharsets.UTF_8));
        }));

        RawHttp.Answer answer = call("GET / HTTP/1.0\nX-Target-Service: catalog\n\n");

        assertThat(answer.body()).isEqualTo("no length");
        assertThat(answer.head().field("Transfer-Encoding")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST / HTTP/1.1\nHost: catalog\nContent-Length: 5\nTransfer-Encoding: chunked\n\n0\n\nG",
                "POST / HTTP/1.1\nHost: catalog\nContent-Length: 5\nContent-Length: 6\n\nhello",
                "POST / HTTP/1.1\nHost: catalog\nTransfer-Encoding: chunked, identity\n\n0\n\n",
                "GET / HTTP/1.1\nHost: catalog\nHost: other\n\n",
                "GET / HTTP/1.1\nHost : catalog\n\n",
                "GET / HTTP/1.1\nHost: catalog\nX-Bad: a\u0000b\n\n"
            })
    void whatTwoReadersCouldReadDifferentlyIsRefused(String request) throws IOException {
        TestApp app = serve(TestApp.saying(200, "hello"));

        try (RawHttp http = new RawHttp(shop.outboundPort())) {
            RawHttp.Answer answer = http.send(request).answer();
            assertThat(answer.status()).isBetween(400, 499);
            assertThat(answer.cause()).isEqualTo("bad-request");
            assertThat(answer.body()).doesNotContain("jetty").doesNotContain("Exception");
            assertThat(http.in.read()).as("the connection is not used again").isEqualTo(-1);
        }
        assertThat(app.asked()).isEmpty();
    }
}
