package io.signalbox.mesh.proxy.conformance;

import static io.signalbox.mesh.proxy.conformance.Outcome.forwarded;
import static io.signalbox.mesh.proxy.conformance.Outcome.refused;
import static io.signalbox.mesh.proxy.conformance.RequestCase.oneOf;
import static io.signalbox.mesh.proxy.conformance.RequestCase.passes;
import static io.signalbox.mesh.proxy.conformance.RequestCase.refuses;

import java.util.List;

/** Where a request ends: lengths, transfer codings, and both at once (RFC 9112, 6). */
final class FramingCases {

    private static final String POST = "POST / HTTP/1.1\nHost: app\nContent-Type: a/b\n";
    private static final String SMUGGLED = "GET /smuggled HTTP/1.1\nHost: app\n\n";
    private static final String HELLO = "5\nhello\n0\n\n";

    private FramingCases() {}

    static List<RequestCase> lengths() {
        return List.of(
                passes(
                        "a body without a type is given none",
                        "POST / HTTP/1.1\nHost: app\nContent-Length: 5\n\nhello",
                        Want.of("POST", "/").body("hello")),
                passes("a length", length("Content-Length: 5") + "hello", Want.post("hello")),
                passes("a length of zero", length("Content-Length: 0"), Want.post("")),
                passes("neither length nor coding means no body", POST + "\n", Want.post("")),
                passes("a length with leading zeros", length("Content-Length: 0005") + "hello", Want.post("hello")),
                passes("a length in tabs", length("Content-Length:\t5\t") + "hello", Want.post("hello")),
                passes(
                        "a body on GET",
                        "GET / HTTP/1.1\nHost: app\nContent-Type: a/b\nContent-Length: 2\n\nhi",
                        Want.get("/").with("Content-Type", "a/b").body("hi")),
                passes(
                        "a body that looks like a request",
                        length("Content-Length: "
                                        + SMUGGLED.replace("\n", "\r\n").length())
                                + SMUGGLED,
                        Want.post(Wire.text(Wire.bytes(SMUGGLED)))),
                passes(
                        "a body with every control",
                        length("Content-Length: 6") + "␀␍␊␁␡ÿ",
                        Want.post(Wire.text(Wire.bytes("␀␍␊␁␡ÿ")))),
                passes(
                        "a body of 60000 bytes",
                        length("Content-Length: 60000") + "x".repeat(60_000),
                        Want.post("x".repeat(60_000))),
                passes(
                        "a length with an underscore is no length",
                        POST + "Content_Length: 50\nContent-Length: 5\n\nhello",
                        Want.post("hello").with("Content_Length", "50")),
                sameTwice("the same length twice", "Content-Length: 5\nContent-Length: 5"),
                sameTwice("the same length twice in one field", "Content-Length: 5, 5"),
                bad("two lengths", "Content-Length: 5\nContent-Length: 6"),
                bad("two lengths, the first zero", "Content-Length: 0\nContent-Length: 5"),
                bad("two lengths in one field", "Content-Length: 5, 6"),
                bad("two lengths that are equal as numbers only", "Content-Length: 5\nContent-Length: +5"),
                bad("two lengths of different case", "content-length: 5\nCONTENT-LENGTH: 6"),
                bad("a length and an empty one", "Content-Length: 5\nContent-Length:"),
                bad("an empty length", "Content-Length:"),
                bad("a length of spaces", "Content-Length:    "),
                bad("a length with a plus", "Content-Length: +5"),
                bad("a length below zero", "Content-Length: -5"),
                bad("a length of minus zero", "Content-Length: -0"),
                bad("a length in hexadecimal", "Content-Length: 0x5"),
                bad("a length in hexadecimal letters", "Content-Length: A"),
                bad("a length with a fraction", "Content-Length: 5.0"),
                bad("a length with an exponent", "Content-Length: 5e0"),
                bad("a length of two words", "Content-Length: 5 5"),
                bad("a length with a parameter", "Content-Length: 5;x=1"),
                bad("a length with a comma after it", "Content-Length: 5,"),
                bad("a length with a comma before it", "Content-Length: ,5"),
                bad("a length in quotes", "Content-Length: \"5\""),
                bad("a length with a NUL", "Content-Length: 5␀"),
                bad("a length after a vertical tab", "Content-Length: ␋5"),
                bad("a length before a bare CR", "Content-Length: 5␍6"),
                bad("a length with an underscore between digits", "Content-Length: 0_5"),
                bad("a length with a byte above ASCII", "Content-Length: 5²"),
                bad("a length with a space before the colon", "Content-Length : 5"),
                bad("a length with a tab before the colon", "Content-Length\t: 5"),
                bad("a length beyond 64 bits", "Content-Length: 18446744073709551621"),
                bad("a length one beyond 63 bits", "Content-Length: 9223372036854775808"),
                bad("a length of forty digits", "Content-Length: " + "9".repeat(40)),
                oneOf("a body that ends before its length", length("Content-Length: 10") + "hello", Outcome.broken())
                        .thenEnd(),
                oneOf(
                                "a body that ends before the longest length there is",
                                length("Content-Length: 9223372036854775807") + "hello",
                                Outcome.broken(),
                                refused(400, 413))
                        .thenEnd());
    }

    static List<RequestCase> codings() {
        return List.of(
                passes("chunked", coded("Transfer-Encoding: chunked") + HELLO, Want.post("hello")),
                passes("chunked in capitals", coded("TRANSFER-ENCODING: CHUNKED") + HELLO, Want.post("hello")),
                passes("chunked in tabs", coded("Transfer-Encoding:\tchunked\t") + HELLO, Want.post("hello")),
                passes(
                        "chunked on GET",
                        "GET / HTTP/1.1\nHost: app\nContent-Type: a/b\nTransfer-Encoding: chunked\n\n" + HELLO,
                        Want.get("/").with("Content-Type", "a/b").body("hello")),
                passes(
                        "a coding with an underscore is no coding",
                        POST + "Transfer_Encoding: chunked\nContent-Length: 5\n\nhello",
                        Want.post("hello").with("Transfer_Encoding", "chunked")),
                both("a length and chunked", "Content-Length: 5\nTransfer-Encoding: chunked"),
                both("chunked and a length", "Transfer-Encoding: chunked\nContent-Length: 5"),
                both("chunked and the length of all of it", "Transfer-Encoding: chunked\nContent-Length: 49"),
                both("chunked and a length of zero", "Transfer-Encoding: chunked\nContent-Length: 0"),
                badCoding("chunked and a bad length", "Transfer-Encoding: chunked\nContent-Length: x"),
                badCoding("chunked twice", "Transfer-Encoding: chunked, chunked"),
                badCoding("chunked in two fields", "Transfer-Encoding: chunked\nTransfer-Encoding: chunked"),
                badCoding("chunked and then identity", "Transfer-Encoding: chunked, identity"),
                badCoding(
                        "chunked and then identity elsewhere",
                        "Transfer-Encoding: chunked\nTransfer-Encoding: identity"),
                badCoding("chunked and then gzip", "Transfer-Encoding: chunked, gzip"),
                badCoding("identity and then chunked", "Transfer-Encoding: identity, chunked"),
                badCoding("gzip and then chunked, which nobody here decodes", "Transfer-Encoding: gzip, chunked"),
                badCoding("a coding that nobody knows", "Transfer-Encoding: xchunked"),
                badCoding("a coding that nobody knows and then chunked", "Transfer-Encoding: cow, chunked"),
                badCoding(
                        "a coding that nobody knows in a field of its own",
                        "Transfer-Encoding: chunked\nTransfer-Encoding: cow"),
                badCoding("identity alone", "Transfer-Encoding: identity"),
                badCoding("an empty coding", "Transfer-Encoding:"),
                badCoding("an empty coding and a length", "Transfer-Encoding:\nContent-Length: 5"),
                badCoding("identity and a length", "Transfer-Encoding: identity\nContent-Length: 5"),
                badCoding("chunked in quotes", "Transfer-Encoding: \"chunked\""),
                badCoding("chunked with a parameter", "Transfer-Encoding: chunked;q=1"),
                badCoding("chunked after a vertical tab", "Transfer-Encoding: ␋chunked"),
                badCoding("chunked before a form feed", "Transfer-Encoding: chunked␌"),
                badCoding("chunked with a NUL", "Transfer-Encoding: chunked␀"),
                badCoding("chunked cut by a NUL", "Transfer-Encoding: chunk␀ed"),
                badCoding("chunked after a bare CR", "Transfer-Encoding: ␍chunked"),
                badCoding("chunked before a no-break space", "Transfer-Encoding: chunked\u00a0"),
                badCoding("chunked of two words", "Transfer-Encoding: chunked chunked"),
                badCoding("a coding with a space before the colon", "Transfer-Encoding : chunked"),
                badCoding("a coding with a tab before the colon", "Transfer-Encoding\t: chunked"),
                badCoding("a coding after a bare CR in another field", "X: y␍Transfer-Encoding: chunked"),
                badCoding("a coding with a NUL in its name", "Transfer-Encoding␀: chunked"),
                folded("chunked on a folded line", "Transfer-Encoding:\n chunked"),
                oneOf(
                        "chunked with an empty element before it",
                        coded("Transfer-Encoding: , chunked") + HELLO,
                        forwarded(Want.post("hello")),
                        refused(400, 501)),
                old("a coding from an old caller", "Transfer-Encoding: chunked"),
                old("a coding and a length from an old caller", "Transfer-Encoding: chunked\nContent-Length: 49"),
                refuses(
                        "a coding on a bare LF line hidden in another field",
                        coded("X: y␊Transfer-Encoding: cow") + HELLO,
                        400,
                        501));
    }

    private static String length(String field) {
        return POST + field + "\n\n";
    }

    private static String coded(String field) {
        return POST + field + "\n\n";
    }

    private static RequestCase bad(String name, String fields) {
        return refuses(name, length(fields) + "hello" + SMUGGLED, 400, 413);
    }

    private static RequestCase badCoding(String name, String fields) {
        return refuses(name, coded(fields) + HELLO + SMUGGLED, 400, 501);
    }

    private static RequestCase sameTwice(String name, String fields) {
        return RequestCase.passesOrRefuses(name, length(fields) + "hello", Want.post("hello"));
    }

    private static RequestCase folded(String name, String fields) {
        return oneOf(name, coded(fields) + HELLO, forwarded(Want.post("hello")), refused(400, 501));
    }

    /** The coding counts, the connection closes: what follows is nobody's request (RFC 9112, 6.3). */
    private static RequestCase both(String name, String fields) {
        return oneOf(
                name,
                coded(fields) + "0\n\n" + SMUGGLED,
                forwarded(Want.post("")).thenClosed(),
                refused(400));
    }

    private static RequestCase old(String name, String fields) {
        return oneOf(
                name,
                "POST / HTTP/1.0\nHost: app\nContent-Type: a/b\nConnection: keep-alive\n" + fields + "\n\n0\n\n"
                        + SMUGGLED,
                forwarded(Want.post("")).thenClosed(),
                refused(400, 501));
    }
}
