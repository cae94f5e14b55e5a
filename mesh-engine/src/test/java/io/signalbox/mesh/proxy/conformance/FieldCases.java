package io.signalbox.mesh.proxy.conformance;

import static io.signalbox.mesh.proxy.conformance.Outcome.forwarded;
import static io.signalbox.mesh.proxy.conformance.Outcome.refused;
import static io.signalbox.mesh.proxy.conformance.RequestCase.oneOf;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Field lines: names, colons, whitespace, controls, line ends, sizes (RFC 9110, 5; RFC 9112, 2.2 and 5). */
final class FieldCases {

    private static final String GET = "GET / HTTP/1.1\nHost: app\n";
    private static final Want WANT = Want.get("/");
    private static final int[] TOO_LARGE = {400, 413, 414, 431};

    private FieldCases() {}

    static List<RequestCase> names() {
        return List.of(
                passes("a name of every token character", "!#$%&'*+-.^_`|~09azAZ: 1"),
                passes("a name of one character", "a: 1"),
                passes("names that differ in case only", "X-A: 1\nx-a: 2\nX-A: 3"),
                bad("a space before the colon", "X-A : 1"),
                bad("a tab before the colon", "X-A\t: 1"),
                bad("a space within a name", "X A: 1"),
                bad("a name with a slash", "X/A: 1"),
                bad("a name with a parenthesis", "X(A): 1"),
                bad("a name with a quote", "X\"A: 1"),
                bad("a name with an at sign", "X@A: 1"),
                bad("a name with a brace", "X{A}: 1"),
                bad("a name with a semicolon", "X;A: 1"),
                bad("a name with a comma", "X,A: 1"),
                bad("a name with an equals sign", "X=A: 1"),
                bad("a name with a backslash", "X\\A: 1"),
                bad("a name with a NUL", "X␀A: 1"),
                bad("a name with a bare CR", "X␍A: 1"),
                bad("a name with a DEL", "X␡A: 1"),
                bad("a name with a byte above ASCII", "Xé: 1"),
                bad("an empty name", ": 1"),
                bad("a line without a colon", "X-A"),
                bad("a line that is a request", "GET /smuggled HTTP/1.1"));
    }

    static List<RequestCase> values() {
        return List.of(
                passes("an empty value", "X-A:"),
                passes("a value of spaces", "X-A: \t  "),
                passes("a value without a space before it", "X-A:1"),
                passes("a value in spaces and tabs", "X-A: \t 1 \t "),
                passes("a value with colons", "X-A: :a:b:"),
                passes("a value with a tab within", "X-A: a\tb"),
                passes("a value with quotes", "X-A: \"a, b\", \"c\\\"\""),
                passes("a value of bytes above ASCII", "X-A: \u0080é\u00ff"),
                passes("a value that is UTF-8", "X-A: Ã©â\u0082¬"),
                passes("several values of one name stay apart and in order", "X-A: 1\nX-B: 2\nX-A: 3"),
                passes("a value of 8000 bytes", "X-A: " + "a".repeat(8_000)),
                passes("a hundred fields", fields(100)),
                replaced("a value with a NUL", "a␀b"),
                replaced("a value with a bare CR", "a␍b"),
                replaced("a value with a bell", "a␇b"),
                replaced("a value with an escape", "a␛b"),
                replaced("a value with a DEL", "a␡b"),
                replaced("a value with a vertical tab", "a␋b"),
                oneOf(
                        "a value that ends in a bare CR",
                        GET + "X-A: a␍\n\n",
                        forwarded(WANT.with("X-A", "a")),
                        refused(400)),
                oneOf(
                        "a value that begins with a NUL",
                        GET + "X-A: ␀a\n\n",
                        forwarded(WANT.with("X-A", "a")),
                        refused(400)),
                oneOf(
                        "a folded value",
                        GET + "X-A: a\n b\n\n",
                        forwarded(WANT.with("X-A", "a b")),
                        forwarded(WANT.with("X-A", "a  b")),
                        forwarded(WANT.with("X-A", "a   b")),
                        refused(400)),
                oneOf(
                        "a value folded by a tab",
                        GET + "X-A: a\n\tb\n\n",
                        forwarded(WANT.with("X-A", "a b")),
                        forwarded(WANT.with("X-A", "a  b")),
                        forwarded(WANT.with("X-A", "a   b")),
                        refused(400)),
                oneOf(
                        "a value folded to nothing",
                        GET + "X-A: a\n \n\n",
                        forwarded(WANT.with("X-A", "a")),
                        refused(400)),
                oneOf(
                        "a fold that hides a field",
                        GET + "X-A: a\n Content-Length: 5\n\n",
                        forwarded(WANT.with("X-A", "a Content-Length: 5")),
                        refused(400)));
    }

    static List<RequestCase> lines() {
        return List.of(
                oneOf(
                        "a space before the first field",
                        "GET / HTTP/1.1\n X-A: 1\nHost: app\n\n",
                        forwarded(WANT),
                        refused(400)),
                oneOf(
                        "a tab before the first field",
                        "GET / HTTP/1.1\n\tX-A: 1\nHost: app\n\n",
                        forwarded(WANT),
                        refused(400)),
                oneOf(
                        "a host that is folded onto the request line",
                        "GET / HTTP/1.1\n Host: other\nHost: app\n\n",
                        forwarded(WANT),
                        refused(400)),
                RequestCase.refuses("a bare CR before the first field", "GET / HTTP/1.1\n␍X-A: 1\nHost: app\n\n", 400),
                oneOf(
                        "bare LFs for every line end",
                        "GET / HTTP/1.1␊Host: app␊X-A: 1␊␊",
                        forwarded(WANT.with("X-A", "1")),
                        refused(400)),
                oneOf(
                        "a bare LF after the request line",
                        "GET / HTTP/1.1␊Host: app\n\n",
                        forwarded(WANT),
                        refused(400)),
                oneOf(
                        "a bare LF after a field",
                        "GET / HTTP/1.1\nX-A: 1␊Host: app\n\n",
                        forwarded(WANT.with("X-A", "1")),
                        refused(400)),
                oneOf("a bare LF for the empty line", "GET / HTTP/1.1\nHost: app\n␊", forwarded(WANT), refused(400)),
                RequestCase.refuses("bare CRs for every line end", "GET / HTTP/1.1␍Host: app␍␍\n\n", 400),
                RequestCase.refuses("CR CR LF after a field that no longer ends the head", GET + "X-A: 1␍␍\n\n", 400),
                RequestCase.refuses("LF CR for line ends", "GET / HTTP/1.1␊␍Host: app␊␍␊␍\n\n", 400),
                RequestCase.passes("an empty line before the request", "\n" + GET + "\n", WANT),
                oneOf("three empty lines before the request", "\n\n\n" + GET + "\n", forwarded(WANT), refused(400)),
                oneOf("a bare LF before the request", "␊" + GET + "\n", forwarded(WANT), refused(400)),
                RequestCase.refuses("a NUL before the request", "␀" + GET + "\n", 400),
                RequestCase.refuses("a space before the request", " " + GET + "\n", 400),
                RequestCase.refuses("an empty line with a space in it before the request", " \n" + GET + "\n", 400),
                oneOf(
                                "a head that ends with the connection",
                                "GET / HTTP/1.1\nHost: app\n",
                                refused(400, Outcome.SILENCE))
                        .thenEnd(),
                oneOf("a line that ends with the connection", "GET / HTTP/1.1\nHost: ap", refused(400, Outcome.SILENCE))
                        .thenEnd());
    }

    static List<RequestCase> sizes() {
        return List.of(
                tooLarge("a value of 100000 bytes", GET + "X-A: " + "a".repeat(100_000) + "\n\n"),
                tooLarge("a name of 100000 bytes", GET + "a".repeat(100_000) + ": 1\n\n"),
                tooLarge("a thousand fields of 100 bytes", GET + fields(1_000, "b".repeat(93)) + "\n\n"),
                tooLarge("a host of 100000 bytes", "GET / HTTP/1.1\nHost: " + "a".repeat(100_000) + "\n\n"),
                tooLarge("a target of 100000 bytes", "GET /" + "a".repeat(100_000) + " HTTP/1.1\nHost: app\n\n"),
                tooLarge("a query of 100000 bytes", "GET /?" + "a".repeat(100_000) + " HTTP/1.1\nHost: app\n\n"),
                tooLarge("a method of 100000 bytes", "A".repeat(100_000) + " / HTTP/1.1\nHost: app\n\n"),
                tooLarge("a version of 100000 bytes", "GET / HTTP/1.1" + "1".repeat(100_000) + "\nHost: app\n\n"),
                RequestCase.passes(
                        "a target of 8000 bytes",
                        "GET /" + "a".repeat(8_000) + " HTTP/1.1\nHost: app\n\n",
                        Want.get("/" + "a".repeat(8_000))));
    }

    private static String fields(int count) {
        return fields(count, "b");
    }

    private static String fields(int count, String value) {
        return IntStream.range(0, count).mapToObj(i -> "X-" + i + ": " + value).collect(Collectors.joining("\n"));
    }

    /** The fields arrive as they were sent, without the whitespace around their values. */
    private static RequestCase passes(String name, String fields) {
        Want want = WANT;
        for (String line : fields.lines().toList()) {
            int colon = line.indexOf(':');
            want = want.with(line.substring(0, colon), line.substring(colon + 1).strip());
        }
        return RequestCase.passes(name, GET + fields + "\n\n", want);
    }

    private static RequestCase bad(String name, String field) {
        return RequestCase.refuses(name, GET + field + "\nX-B: 2\n\n", 400);
    }

    /** A control that no value may have is refused or becomes a space (RFC 9110, 5.5). */
    private static RequestCase replaced(String name, String value) {
        return oneOf(name, GET + "X-A: " + value + "\n\n", forwarded(WANT.with("X-A", "a b")), refused(400));
    }

    private static RequestCase tooLarge(String name, String sent) {
        return oneOf(name, sent, refused(TOO_LARGE));
    }
}
