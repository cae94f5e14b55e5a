package io.signalbox.mesh.proxy.conformance;

import static io.signalbox.mesh.proxy.conformance.Outcome.declined;
import static io.signalbox.mesh.proxy.conformance.Outcome.forwarded;
import static io.signalbox.mesh.proxy.conformance.Outcome.refused;
import static io.signalbox.mesh.proxy.conformance.RequestCase.oneOf;
import static io.signalbox.mesh.proxy.conformance.RequestCase.passes;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** What belongs to one connection: its fields, expectations, its order and its end (RFC 9112, 9; RFC 9110, 7.6, 10.1). */
final class ConnectionCases {

    private static final String GET = "GET / HTTP/1.1\nHost: app\n";
    private static final Want WANT = Want.get("/");

    private ConnectionCases() {}

    static List<RequestCase> hopByHop() {
        return List.of(
                removed("a field that Connection names", "Connection: X-Own\nX-Own: 1"),
                removed("a field that Connection names in another case", "Connection: x-OWN\nX-Own: 1\nx-own: 2"),
                removed(
                        "fields that Connection names in a list",
                        "Connection: keep-alive, X-Own ,,X-Two\nX-Own: 1\nX-Two: 2"),
                removed("fields that two Connections name", "Connection: X-Own\nX-Own: 1\nConnection: X-Two\nX-Two: 2"),
                removed("Keep-Alive", "Keep-Alive: timeout=5"),
                removed("Proxy-Connection", "Proxy-Connection: keep-alive"),
                removed("an upgrade that Connection does not name", "Upgrade: websocket"),
                removed(
                        "an upgrade to HTTP/2",
                        "Connection: Upgrade, HTTP2-Settings\nUpgrade: h2c\nHTTP2-Settings: AAMAAABk"),
                oneOf(
                        "a willingness to take trailers",
                        GET + "TE: trailers\nConnection: TE\n\n",
                        forwarded(WANT),
                        forwarded(WANT.with("TE", "trailers").with("Connection", "TE"))),
                oneOf(
                        "a willingness to take codings",
                        GET + "TE: trailers, gzip;q=0.5\nConnection: TE\n\n",
                        forwarded(WANT),
                        forwarded(WANT.with("TE", "trailers").with("Connection", "TE"))),
                removed("a willingness to take codings alone", "TE: gzip\nConnection: TE"),
                oneOf("a Connection that names the host", GET + "Connection: Host\n\n", forwarded(WANT), refused(400)),
                oneOf(
                        "a Connection that names the length",
                        "POST / HTTP/1.1\n"
                                + "Host: app\n"
                                + "Content-Type: a/b\n"
                                + "Connection: Content-Length\n"
                                + "Content-Length: 5\n\n"
                                + "hello",
                        forwarded(Want.post("hello")),
                        refused(400)),
                oneOf(
                        "a Connection that names the coding",
                        "POST / HTTP/1.1\n"
                                + "Host: app\n"
                                + "Content-Type: a/b\n"
                                + "Connection: Transfer-Encoding\n"
                                + "Transfer-Encoding: chunked\n\n"
                                + "5\n"
                                + "hello\n"
                                + "0\n\n",
                        forwarded(Want.post("hello")),
                        refused(400)),
                passes(
                        "Trailer is no field of one connection",
                        GET + "Trailer: X-Sum\n\n",
                        WANT.with("Trailer", "X-Sum")),
                passes(
                        "Authorization travels on",
                        GET + "Authorization: Basic eA==\n\n",
                        WANT.with("Authorization", "Basic eA==")),
                passes(
                        "an Upgrade-like field travels on",
                        GET + "Upgrade-Insecure-Requests: 1\n\n",
                        WANT.with("Upgrade-Insecure-Requests", "1")));
    }

    static List<RequestCase> expectations() {
        String head = "POST / HTTP/1.1\nHost: app\nContent-Type: a/b\nContent-Length: 5\n";
        return List.of(
                passes("an expectation is met", head + "Expect: 100-continue\n\n", Want.post("hello"))
                        .whenAsked("hello"),
                passes("an expectation in another case is met", head + "Expect: 100-Continue\n\n", Want.post("hello"))
                        .whenAsked("hello"),
                passes(
                                "an expectation of a chunked body is met",
                                "POST / HTTP/1.1\n"
                                        + "Host: app\n"
                                        + "Content-Type: a/b\n"
                                        + "Transfer-Encoding: chunked\n"
                                        + "Expect: 100-continue\n\n",
                                Want.post("hello"))
                        .whenAsked("5\nhello\n0\n\n"),
                passes("an expectation that does not wait", head + "Expect: 100-continue\n\nhello", Want.post("hello")),
                passes("an expectation without a body", GET + "Expect: 100-continue\n\n", WANT),
                passes(
                        "an expectation of an old caller is none",
                        "POST / HTTP/1.0\n"
                                + "Host: app\n"
                                + "Content-Type: a/b\n"
                                + "Content-Length: 5\n"
                                + "Expect: 100-continue\n\n"
                                + "hello",
                        Want.post("hello")),
                oneOf(
                        "an expectation that nobody knows",
                        head + "Expect: wonders\n\nhello",
                        forwarded(Want.post("hello")),
                        forwarded(Want.post("hello").with("Expect", "wonders")),
                        refused(417)),
                oneOf(
                        "an expectation at a service that nobody knows",
                        "POST / HTTP/1.1\nHost: nobody\nContent-Type: a/b\nContent-Length: 5\nExpect: 100-continue\n\n",
                        declined(404)));
    }

    static List<RequestCase> orders() {
        String post = "POST / HTTP/1.1\nHost: app\nContent-Type: a/b\nContent-Length: 5\n\nhello";
        String chunked = "POST / HTTP/1.1\nHost: app\nContent-Type: a/b\nTransfer-Encoding: chunked\n\n5\nhello\n0\n\n";
        return List.of(
                passes("two requests at once", get("/1") + get("/2"), Want.get("/1"), Want.get("/2")),
                passes("fifty requests at once", many(50), manyWants(50)),
                passes("a request after a body", post + get("/2"), Want.post("hello"), Want.get("/2")),
                passes("a request after a chunked body", chunked + get("/2"), Want.post("hello"), Want.get("/2")),
                passes(
                        "bodies after bodies",
                        post + chunked + post + chunked,
                        Collections.nCopies(4, Want.post("hello")).toArray(Want[]::new)),
                passes(
                        "a request after HEAD",
                        "HEAD /1 HTTP/1.1\nHost: app\n\n" + get("/2"),
                        Want.of("HEAD", "/1"),
                        Want.get("/2")),
                passes("an empty line between requests", get("/1") + "\n" + get("/2"), Want.get("/1"), Want.get("/2")),
                passes("an empty line after a body", post + "\n" + get("/2"), Want.post("hello"), Want.get("/2")),
                oneOf(
                        "a bad request after a good one",
                        get("/1") + "GET / HTTP/1.1\nHost: app\nX A: 1\n\n" + get("/3"),
                        forwarded(Want.get("/1")).thenRefused(400)),
                oneOf(
                        "garbage after a good request",
                        get("/1") + "garbage\n\n",
                        forwarded(Want.get("/1")).thenRefused(400, 505, Outcome.SILENCE)),
                oneOf(
                        "two lengths after a good request",
                        get("/1")
                                + "POST / HTTP/1.1\n"
                                + "Host: app\n"
                                + "Content-Type: a/b\n"
                                + "Content-Length: 0\n"
                                + "Content-Length: 5\n\n"
                                + get("/3"),
                        forwarded(Want.get("/1")).thenRefused(400)),
                oneOf(
                        "a body longer than its length is a bad request after it",
                        "POST / HTTP/1.1\nHost: app\nContent-Type: a/b\nContent-Length: 3\n\nhello\n\n",
                        forwarded(Want.post("hel")).thenRefused(400, 505, Outcome.SILENCE)),
                oneOf(
                        "a bad chunk after a good request",
                        get("/1") + "POST / HTTP/1.1\nHost: app\nContent-Type: a/b\nTransfer-Encoding: chunked\n\nx\n"
                                + get("/3"),
                        forwarded(Want.get("/1")).thenBroken()),
                oneOf(
                                "half a request after a good one",
                                get("/1") + "GET /2 HTTP/1.1\nHo",
                                forwarded(Want.get("/1")).thenRefused(400, Outcome.SILENCE))
                        .thenEnd(),
                oneOf(
                        "nothing is read after Connection: close",
                        "GET /1 HTTP/1.1\nHost: app\nConnection: close\n\n" + get("/2"),
                        forwarded(Want.get("/1")).thenClosed()),
                oneOf(
                        "nothing is read after a close among other options",
                        "GET /1 HTTP/1.1\nHost: app\nConnection: x, CLOSE\n\n" + get("/2"),
                        forwarded(Want.get("/1")).thenClosed()),
                oneOf(
                        "nothing is read after a close in a second Connection",
                        "GET /1 HTTP/1.1\nHost: app\nConnection: keep-alive\nConnection: close\n\n" + get("/2"),
                        forwarded(Want.get("/1")).thenClosed()),
                oneOf(
                        "nothing is read after an old request",
                        "GET /1 HTTP/1.0\nHost: app\n\n" + get("/2"),
                        forwarded(Want.get("/1")).thenClosed()),
                oneOf(
                        "a connection that an old caller keeps",
                        "GET /1 HTTP/1.0\nHost: app\nConnection: keep-alive\n\n"
                                + "GET /2 HTTP/1.0\nHost: app\nConnection: keep-alive\n\n",
                        forwarded(Want.get("/1"), Want.get("/2")),
                        forwarded(Want.get("/1")).thenClosed()),
                oneOf(
                        "an old request with both close and keep-alive",
                        "GET /1 HTTP/1.0\nHost: app\nConnection: keep-alive, close\n\n" + get("/2"),
                        forwarded(Want.get("/1")).thenClosed()),
                passes(
                        "a body on GET is not the next request",
                        "GET /1 HTTP/1.1\n"
                                + "Host: app\n"
                                + "Content-Type: a/b\n"
                                + "Content-Length: 37\n\n"
                                + "GET /smuggled HTTP/1.1\n"
                                + "Host: app\n\n"
                                + get("/2"),
                        Want.get("/1").with("Content-Type", "a/b").body("GET /smuggled HTTP/1.1\r\nHost: app\r\n\r\n"),
                        Want.get("/2")));
    }

    private static RequestCase removed(String name, String fields) {
        return passes(name + " does not travel on", GET + fields + "\nX-Kept: yes\n\n", WANT.with("X-Kept", "yes"));
    }

    private static String get(String target) {
        return "GET " + target + " HTTP/1.1\nHost: app\n\n";
    }

    private static String many(int count) {
        StringBuilder all = new StringBuilder();
        IntStream.range(0, count).forEach(i -> all.append(get("/" + i)));
        return all.toString();
    }

    private static Want[] manyWants(int count) {
        return IntStream.range(0, count).mapToObj(i -> Want.get("/" + i)).toArray(Want[]::new);
    }
}
