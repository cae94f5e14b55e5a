package io.signalbox.mesh.proxy.conformance;

import static io.signalbox.mesh.proxy.conformance.H2Case.get;
import static io.signalbox.mesh.proxy.conformance.H2Case.ordinary;
import static io.signalbox.mesh.proxy.conformance.H2Case.post;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Requests of HTTP/2 that must not become other requests of HTTP/1.1 (RFC 9113, 8.1 to 8.3 and 10.3). */
final class DowngradeCases {

    private static final String SMUGGLED = "GET /smuggled HTTP/1.1\nHost: app\n\n";

    private DowngradeCases() {}

    static List<H2Case> pseudoFields() {
        List<Field> twice = new ArrayList<>(ordinary("GET"));
        twice.add(1, new Field(":method", "POST"));
        List<Field> late = List.of(
                new Field(":method", "GET"),
                new Field(":scheme", "http"),
                new Field(":authority", "app"),
                new Field("x-a", "1"),
                new Field(":path", "/"));
        return List.of(
                get("an ordinary request").arrives(Want.get("/")),
                get("HEAD").where(":method", "HEAD").arrives(Want.of("HEAD", "/")),
                get("a method of its own").where(":method", "M-SEARCH").arrives(Want.of("M-SEARCH", "/")),
                get("a method in small letters").where(":method", "get").arrives(Want.of("get", "/")),
                get("another scheme")
                        .where(":scheme", "https")
                        .arrives(Want.get("/"))
                        .refused(),
                get("no method").without(":method").refused(),
                get("no scheme").without(":scheme").refused(),
                get("no path").without(":path").refused(),
                H2Case.of("a method twice", twice).refused(),
                H2Case.of("a pseudo field after others", late).refused(),
                get("an unknown pseudo field").with(":protocol", "websocket").refused(),
                get("a status in a request").with(":status", "200").refused(),
                get("an empty method").where(":method", "").refused(),
                get("a method with a space").where(":method", "GET /smuggled").refused(),
                get("a method with a whole line")
                        .where(":method", "GET /smuggled HTTP/1.1\nX: y")
                        .refused(),
                get("a method with a colon").where(":method", "GET:").refused(),
                get("CONNECT with a path").where(":method", "CONNECT").refused(),
                get("a scheme with a line break")
                        .where(":scheme", "http\nX: y")
                        .refused()
                        .arrives(Want.get("/")));
    }

    static List<H2Case> targets() {
        Stream<H2Case> untouched = Stream.of(
                        "/a?b=c&d=e", "//a//b//", "/a/../b/./c", "/%2e%2e/%2F%0d%0a", "/~a!$&'()*+,;=:@-._")
                .map(path -> get("path " + path).where(":path", path).arrives(Want.get(path)));
        Stream<H2Case> refused = Stream.of(
                        "",
                        "a",
                        "?a",
                        "*",
                        "http://app/a",
                        "app:80",
                        "/a b",
                        "/ HTTP/1.1",
                        "/ HTTP/1.1\nHost: other\n\n",
                        "/a␍",
                        "/a␊",
                        "/a␀",
                        "/a␉",
                        "/a␡",
                        "/a#b",
                        "/é")
                .map(path ->
                        get("path " + Wire.shown(path)).where(":path", path).refused());
        Stream<H2Case> server = Stream.of(get("OPTIONS of the server")
                .where(":method", "OPTIONS")
                .where(":path", "*")
                .arrives(Want.of("OPTIONS", "*")));
        return Stream.of(untouched, refused, server).flatMap(each -> each).toList();
    }

    static List<H2Case> authorities() {
        Stream<H2Case> refused = Stream.of(
                        "app/a", "app?a", "user@app", "app app", "app␀", "app\nX: y", "app:99999", "app:8x", "[::1")
                .map(named -> get("authority " + Wire.shown(named))
                        .where(":authority", named)
                        .refused());
        Stream<H2Case> others = Stream.of(
                get("Host instead of an authority")
                        .without(":authority")
                        .with("host", "app")
                        .arrives(Want.get("/")),
                get("Host beside the same authority").with("host", "app").arrives(Want.get("/")),
                get("an authority with a port")
                        .where(":authority", "app:80")
                        .arrives(Want.get("/").host("app:80")),
                get("Host beside another authority").with("host", "other").refused(),
                get("Host twice")
                        .without(":authority")
                        .with("host", "app")
                        .with("host", "app")
                        .refused(),
                get("an empty authority beside Host")
                        .where(":authority", "")
                        .with("host", "app")
                        .arrives(Want.get("/"))
                        .refused(),
                get("neither").without(":authority").refused());
        return Stream.concat(refused, others).toList();
    }

    static List<H2Case> fields() {
        Stream<H2Case> values = Stream.of("a\nX: y", "a␍", "␊a", "a␍b", "a␊b", "a␀b", " a", "a ", "␉a", "a␉")
                .map(value ->
                        get("value " + Wire.shown(value)).with("x-a", value).refused());
        Stream<H2Case> names = Stream.of(
                        "X-A", "x a", "x-a ", " x-a", "x-a:", "x:a", ":x-a", "", "x␍", "x␊y", "x␀", "x\ny: z", "é",
                        "x(a)")
                .map(name -> get("name " + Wire.shown(name)).with(name, "1").refused());
        Stream<H2Case> passed = Stream.of(
                get("an empty value").with("x-a", "").arrives(Want.get("/").with("x-a", "")),
                get("a value within and beyond ASCII")
                        .with("x-a", "a,␉ \"é\"")
                        .arrives(Want.get("/").with("x-a", "a,␉ \"é\"")),
                get("a field twice")
                        .with("x-a", "1")
                        .with("x-a", "2")
                        .arrives(Want.get("/").with("x-a", "1").with("x-a", "2")),
                get("a cookie in crumbs")
                        .with("cookie", "a=b")
                        .with("cookie", "c=d")
                        .arrives(Want.get("/").with("cookie", "a=b; c=d")),
                get("a name of all that names may have")
                        .with("!#$%&'*+-.^_`|~9z", "1")
                        .arrives(Want.get("/").with("!#$%&'*+-.^_`|~9z", "1")),
                get("more fields than fit").with("x-a", "a".repeat(100_000)).refused());
        return Stream.of(values, names, passed).flatMap(each -> each).toList();
    }

    static List<H2Case> connectionFields() {
        Stream<H2Case> refused = Stream.of(
                        new Field("connection", "close"),
                        new Field("connection", "x-a"),
                        new Field("keep-alive", "timeout=5"),
                        new Field("proxy-connection", "keep-alive"),
                        new Field("transfer-encoding", "chunked"),
                        new Field("transfer-encoding", "identity"),
                        new Field("upgrade", "h2c"),
                        new Field("te", "gzip"),
                        new Field("te", "trailers, gzip"))
                .map(field -> get(field.name() + ": " + field.value())
                        .with(field.name(), field.value())
                        .refused());
        return Stream.concat(
                        refused,
                        Stream.of(
                                get("te: trailers")
                                        .with("te", "trailers")
                                        .arrives(Want.get("/").with("te", "trailers")),
                                post("a coding beside a body", "0\n\n" + SMUGGLED)
                                        .with("transfer-encoding", "chunked")
                                        .refused()))
                .toList();
    }

    static List<H2Case> lengths() {
        Stream<H2Case> refused = Stream.of(
                        "", "-5", "+5", "5.0", "0x5", "5,5", "5, 5", "5 6", "five", "5␀", "99999999999999999999")
                .map(length -> post("content-length " + Wire.shown(length), "12345")
                        .with("content-length", length)
                        .refused());
        return Stream.concat(
                        refused,
                        Stream.of(
                                post("a length that fits", "123", "45")
                                        .with("content-length", "5")
                                        .arrives(Want.of("POST", "/").body("12345")),
                                post("a length with zeros in front", "12345")
                                        .with("content-length", "0005")
                                        .arrives(Want.of("POST", "/").body("12345"))
                                        .refused(),
                                get("a length of nothing")
                                        .with("content-length", "0")
                                        .arrives(Want.get("/")),
                                get("a length without a body")
                                        .with("content-length", "5")
                                        .refused(),
                                post("two lengths that differ", "12345")
                                        .with("content-length", "5")
                                        .with("content-length", "6")
                                        .refused(),
                                post("two lengths that agree", "12345")
                                        .with("content-length", "5")
                                        .with("content-length", "5")
                                        .refused(),
                                post("less than promised", "1234")
                                        .with("content-length", "5")
                                        .broken(),
                                post("more than promised", "123456")
                                        .with("content-length", "5")
                                        .broken(),
                                post("a request after the promised body", "12345" + SMUGGLED)
                                        .with("content-length", "5")
                                        .broken(),
                                post("a request after nothing", SMUGGLED)
                                        .with("content-length", "0")
                                        .broken(),
                                post("trailers before the promised end", "1234")
                                        .with("content-length", "5")
                                        .trailer("x-t", "1")
                                        .broken()))
                .toList();
    }

    static List<H2Case> bodies() {
        return List.of(
                post("no length", "123", "45").arrives(Want.of("POST", "/").body("12345")),
                post("an empty body", "").arrives(Want.of("POST", "/")),
                post("empty frames between", "1", "", "", "2")
                        .arrives(Want.of("POST", "/").body("12")),
                post("a body like the end of chunks", "0\n\n" + SMUGGLED)
                        .arrives(Want.of("POST", "/").body(Wire.text(Wire.bytes("0\n\n" + SMUGGLED)))),
                post("a body like a request", SMUGGLED)
                        .arrives(Want.of("POST", "/").body(Wire.text(Wire.bytes(SMUGGLED)))),
                post("GET with a body", "12345")
                        .where(":method", "GET")
                        .arrives(Want.get("/").body("12345")),
                post("HEAD with a body", "12345")
                        .where(":method", "HEAD")
                        .arrives(Want.of("HEAD", "/").body("12345")));
    }

    static List<H2Case> trailers() {
        Stream<H2Case> broken = Stream.of(
                        new Field(":path", "/smuggled"),
                        new Field("X-T", "1"),
                        new Field("x-t", "1\nX: y"),
                        new Field("x-t", "1␊"),
                        new Field("x-t", "1␀"),
                        new Field("x t", "1"),
                        new Field("connection", "close"),
                        new Field("transfer-encoding", "chunked"))
                .map(field -> post("trailer " + Wire.shown(field.name() + ": " + field.value()), "12345")
                        .trailer(field.name(), field.value())
                        .broken());
        Stream<H2Case> dropped = Stream.of("content-length", "host", "authorization", "x-signalbox-source")
                .map(name -> post("trailer " + name, "12345")
                        .trailer(name, "5")
                        .arrives(Want.of("POST", "/").body("12345"))
                        .broken());
        Stream<H2Case> passed = Stream.of(
                post("trailers", "12345")
                        .trailer("x-t", "1")
                        .trailer("x-u", "2")
                        .arrives(Want.of("POST", "/")
                                .body("12345")
                                .trailer("x-t", "1")
                                .trailer("x-u", "2")),
                post("trailers after a promised body", "12345")
                        .with("content-length", "5")
                        .trailer("x-t", "1")
                        .arrives(Want.of("POST", "/").body("12345").trailer("x-t", "1"))
                        .arrives(Want.of("POST", "/").body("12345")));
        return Stream.of(broken, dropped, passed).flatMap(each -> each).toList();
    }
}
