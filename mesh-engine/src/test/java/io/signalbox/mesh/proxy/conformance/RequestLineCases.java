package io.signalbox.mesh.proxy.conformance;

import static io.signalbox.mesh.proxy.conformance.Outcome.SILENCE;
import static io.signalbox.mesh.proxy.conformance.Outcome.declined;
import static io.signalbox.mesh.proxy.conformance.Outcome.forwarded;
import static io.signalbox.mesh.proxy.conformance.Outcome.refused;
import static io.signalbox.mesh.proxy.conformance.RequestCase.oneOf;
import static io.signalbox.mesh.proxy.conformance.RequestCase.passes;
import static io.signalbox.mesh.proxy.conformance.RequestCase.refuses;

import java.util.List;

/** Methods, versions and the shape of the request line (RFC 9112, 2 and 3). */
final class RequestLineCases {

    private static final String HOST = "\nHost: app\n\n";

    private RequestLineCases() {}

    static List<RequestCase> methods() {
        return List.of(
                method("PATCH"),
                method("DELETE"),
                method("PUT"),
                method("OPTIONS"),
                method("PROPFIND"),
                method("M-SEARCH"),
                method("A"),
                method("!#$%&'*+-.^_`|~"),
                lowerCase("get"),
                lowerCase("Get"),
                lowerCase("post"),
                passes("HEAD has an answer without a body", "HEAD / HTTP/1.1" + HOST, Want.of("HEAD", "/")),
                oneOf("TRACE", "TRACE / HTTP/1.1" + HOST, forwarded(Want.of("TRACE", "/")), declined(405, 501)),
                refuses("a method with an at sign", "G@T / HTTP/1.1" + HOST, 400, 501),
                refuses("a method with a slash", "GE/T / HTTP/1.1" + HOST, 400, 501),
                refuses("a method with a colon", "GET: / HTTP/1.1" + HOST, 400, 501),
                refuses("a method with a NUL", "GET␀ / HTTP/1.1" + HOST, 400, 501),
                refuses("a method with a byte above ASCII", "GÉT / HTTP/1.1" + HOST, 400, 501),
                refuses("a method in quotes", "\"GET\" / HTTP/1.1" + HOST, 400, 501),
                refuses("a method that begins with a comma", ",GET / HTTP/1.1" + HOST, 400, 501),
                refuses("a method that begins with a brace", "{GET / HTTP/1.1" + HOST, 400, 501),
                refuses("an empty method", " / HTTP/1.1" + HOST, 400, 501),
                oneOf("CONNECT to a path", "CONNECT / HTTP/1.1" + HOST, declined(400, 405, 501)),
                oneOf(
                        "OPTIONS that may go no further",
                        "OPTIONS / HTTP/1.1\nMax-Forwards: 0" + HOST,
                        declined(200, 204)),
                oneOf(
                        "TRACE that may go no further",
                        "TRACE / HTTP/1.1\nMax-Forwards: 0" + HOST,
                        declined(200, 405, 501)),
                passes(
                        "OPTIONS that may go five steps further",
                        "OPTIONS / HTTP/1.1\nMax-Forwards: 5" + HOST,
                        Want.of("OPTIONS", "/").with("Max-Forwards", "4")),
                oneOf(
                        "another method's count of steps means nothing",
                        "GET / HTTP/1.1\nMax-Forwards: 0" + HOST,
                        forwarded(Want.get("/").with("Max-Forwards", "0"))));
    }

    static List<RequestCase> versions() {
        return List.of(
                passes("HTTP/1.0", "GET / HTTP/1.0" + HOST, Want.get("/")),
                oneOf(
                        "HTTP/1.0 closes",
                        "GET / HTTP/1.0" + HOST,
                        forwarded(Want.get("/")).thenClosed()),
                passes(
                        "HTTP/1.0 with a body",
                        "POST / HTTP/1.0\nContent-Length: 5\nContent-Type: a/b" + HOST + "hello",
                        Want.post("hello")),
                passes("a later minor version is read as 1.1", "GET / HTTP/1.2" + HOST, Want.get("/")),
                passes("the last minor version is read as 1.1", "GET / HTTP/1.9" + HOST, Want.get("/")),
                badVersion("HTTP/2.0"),
                badVersion("HTTP/2"),
                badVersion("HTTP/3.0"),
                badVersion("HTTP/0.9"),
                badVersion("HTTP/0.1"),
                badVersion("HTTP/9.9"),
                badVersion("HTTP/1"),
                badVersion("HTTP/1."),
                badVersion("HTTP/.1"),
                badVersion("HTTP/1.1.1"),
                badVersion("HTTP/01.1"),
                badVersion("HTTP/1.10"),
                badVersion("HTTP/1.01"),
                badVersion("HTTP/1,1"),
                badVersion("HTTP/1.x"),
                badVersion("HTTP/-1.1"),
                badVersion("HTTP/11"),
                badVersion("http/1.1"),
                badVersion("Http/1.1"),
                badVersion("HTTPS/1.1"),
                badVersion("HTTQ/1.1"),
                badVersion("ICY/1.1"),
                badVersion("XHTTP/1.1"),
                badVersion("HTTP/1.1x"),
                badVersion("HTTP/1.1␀"),
                badVersion("HTTP\\1.1"),
                refuses("a request line without a version", "GET /" + HOST, 400, 505, SILENCE),
                refuses("HTTP/0.9", "GET /\n", 400, 505, SILENCE),
                refuses(
                        "half the preface of HTTP/2",
                        "PRI * HTTP/2.0\n\nGET / HTTP/1.1" + HOST,
                        400,
                        426,
                        505,
                        SILENCE),
                refuses("an answer for a request", "HTTP/1.1 200 OK" + HOST, 400, 505));
    }

    static List<RequestCase> shapes() {
        return List.of(
                lenient("two spaces after the method", "GET  / HTTP/1.1"),
                lenient("two spaces before the version", "GET /  HTTP/1.1"),
                lenient("a tab after the method", "GET\t/ HTTP/1.1"),
                lenient("a tab before the version", "GET /\tHTTP/1.1"),
                lenient("a space after the version", "GET / HTTP/1.1 "),
                lenient("a bare CR after the version", "GET / HTTP/1.1␍"),
                lenient("a vertical tab after the method", "GET␋/ HTTP/1.1"),
                refuses("a space in the target", "GET /a b HTTP/1.1" + HOST, 400),
                refuses("a request line in the target", "GET /a HTTP/1.1 HTTP/1.1" + HOST, 400),
                refuses("no target", "GET HTTP/1.1" + HOST, 400, 505),
                refuses("an empty target", "GET  HTTP/1.1" + HOST, 400, 505),
                refuses("a method alone", "GET" + HOST, 400, 505, SILENCE),
                refuses("a bare CR in the target", "GET /a␍b HTTP/1.1" + HOST, 400),
                refuses("a bare LF in the target", "GET /a␊b HTTP/1.1" + HOST, 400, 505),
                refuses("a NUL in the target", "GET /a␀b HTTP/1.1" + HOST, 400),
                refuses("a DEL in the target", "GET /a␡b HTTP/1.1" + HOST, 400),
                refuses("an escape in the target", "GET /a␛b HTTP/1.1" + HOST, 400),
                refuses("a handshake of TLS", "␖␃␁␀␅hello\n\n", 400, SILENCE),
                refuses("a word of another protocol", "EHLO there\n\n", 400, 505, SILENCE));
    }

    private static RequestCase method(String method) {
        return passes("the method " + method, method + " / HTTP/1.1" + HOST, Want.of(method, "/"));
    }

    /** Methods are case-sensitive, so this is one that nobody knows. */
    private static RequestCase lowerCase(String method) {
        return oneOf(
                "the method " + method,
                method + " / HTTP/1.1" + HOST,
                forwarded(Want.of(method, "/")),
                declined(400, 405, 501));
    }

    private static RequestCase badVersion(String version) {
        return refuses("the version " + version, "GET / " + version + HOST, 400, 426, 505);
    }

    /** A reader may split the line at any whitespace, or refuse it (RFC 9112, 3). */
    private static RequestCase lenient(String name, String line) {
        return oneOf(name, line + HOST, forwarded(Want.get("/")), refused(400, 505));
    }
}
