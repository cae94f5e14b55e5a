package io.signalbox.mesh.proxy.conformance;

import static io.signalbox.mesh.proxy.conformance.Outcome.broken;
import static io.signalbox.mesh.proxy.conformance.Outcome.forwarded;
import static io.signalbox.mesh.proxy.conformance.RequestCase.oneOf;

import java.util.List;

/** The chunked coding of requests: sizes, extensions, line ends, trailers (RFC 9112, 7.1). */
final class ChunkCases {

    private static final String HEAD = "POST / HTTP/1.1\nHost: app\nContent-Type: a/b\nTransfer-Encoding: chunked\n\n";
    private static final String SMUGGLED = "GET /smuggled HTTP/1.1\nHost: app\n\n";
    private static final Want HELLO = Want.post("hello");

    private ChunkCases() {}

    static List<RequestCase> sizes() {
        return List.of(
                passes("no chunk but the last", "0\n\n", Want.post("")),
                passes("several chunks", "2\nhe\n3\nllo\n0\n\n", HELLO),
                passes("a size in upper case", "A\n0123456789\n0\n\n", Want.post("0123456789")),
                passes("a size in lower case", "a\n0123456789\n0\n\n", Want.post("0123456789")),
                passes("a size with leading zeros", "0005\nhello\n0\n\n", HELLO),
                passes("a last chunk of several zeros", "5\nhello\n0000\n\n", HELLO),
                passes("two hundred chunks", "1\nx\n".repeat(200) + "0\n\n", Want.post("x".repeat(200))),
                passes("a chunk that looks like chunks", "A\n5\nhell\n0\n0\n\n", Want.post("5\r\nhell\r\n0")),
                passes("a chunk of line ends", "4\n\n\n\n0\n\n", Want.post("\r\n\r\n")),
                breaks("a size that is empty", "\nhello\n0\n\n"),
                breaks("a size that is no number", "xyz\nhello\n0\n\n"),
                breaks("a size with a plus", "+5\nhello\n0\n\n"),
                breaks("a size below zero", "-5\nhello\n0\n\n"),
                breaks("a size with 0x", "0x5\nhello\n0\n\n"),
                breaks("a size after a space", " 5\nhello\n0\n\n"),
                breaks("a size with a space after it", "5 \nhello\n0\n\n"),
                breaks("a size with a tab after it", "5\t\nhello\n0\n\n"),
                breaks("a size with a letter after it", "5g\nhello\n0\n\n"),
                breaks("a size with a NUL after it", "5␀\nhello\n0\n\n"),
                breaks("a size with a comma", "5,5\nhello\n0\n\n"),
                breaks("a size with an underscore", "0_5\nhello\n0\n\n"),
                breaks("a size beyond 64 bits", "10000000000000005\nhello\n0\n\n"),
                breaks("a size far beyond 64 bits", "f".repeat(40) + "\nhello\n0\n\n"),
                breaks("a size of 64 bits", "ffffffffffffffff\nhello\n0\n\n"),
                breaks("a size of 32 bits with a carry", "100000005\nhello\n0\n\n")
                        .thenEnd(),
                breaks("a size of 31 bits with a carry", "80000005\nhello\n0\n\n")
                        .thenEnd(),
                breaks("a chunk that is longer than its size", "5\nhelloo\n0\n\n"),
                breaks("a chunk that is shorter than its size", "6\nhello\n0\n\n"),
                breaks("a chunk without its line end", "5\nhello0\n\n"),
                breaks("a chunk with another line end more", "5\nhello\n\n0\n\n"),
                breaks("a size ended by a bare LF", "5␊hello\n0\n\n"),
                breaks("a size ended by a bare CR", "5␍hello\n0\n\n"),
                breaks("a chunk ended by a bare LF", "5\nhello␊0\n\n"),
                breaks("a chunk ended by a bare CR", "5\nhello␍0\n\n"),
                breaks("a chunk ended by LF CR", "5\nhello␊␍0\n\n"),
                breaks("a last chunk ended by bare LFs", "5\nhello\n0␊␊"),
                breaks("a last chunk ended by bare CRs", "5\nhello\n0␍␍"),
                breaks("a body that ends before its chunk", "5\nhel").thenEnd(),
                breaks("a body that ends before its last chunk", "5\nhello\n").thenEnd(),
                either("a body that ends after the size of its last chunk", "5\nhello\n0\n")
                        .thenEnd(),
                breaks("a body that ends within the size of its last chunk", "5\nhello\n0")
                        .thenEnd(),
                either("a body that ends within its trailers", "5\nhello\n0\nX-Sum: 1\n")
                        .thenEnd());
    }

    static List<RequestCase> extensions() {
        return List.of(
                passes("an extension", "5;a=b\nhello\n0\n\n", HELLO),
                passes("an extension without a value", "5;a\nhello\n0\n\n", HELLO),
                passes("an extension in quotes", "5;a=\"b;c\"\nhello\n0\n\n", HELLO),
                passes("an extension with a quote in quotes", "5;a=\"b\\\"c\"\nhello\n0\n\n", HELLO),
                passes("several extensions", "5;a=b;c;d=e\nhello\n0\n\n", HELLO),
                passes("an extension of the last chunk", "5\nhello\n0;a=b\n\n", HELLO),
                either("an extension after a space", "5 ;a=b\nhello\n0\n\n"),
                either("an extension with spaces within", "5; a = b\nhello\n0\n\n"),
                either("an extension of 20000 bytes", "5;a=" + "b".repeat(20_000) + "\nhello\n0\n\n"),
                either("an extension with nothing in it", "5;\nhello\n0\n\n"),
                breaks("an extension ended by a bare LF", "5;a␊hello\n0\n\n"),
                breaks("an extension with a bare LF within", "5;a␊b\nhello\n0\n\n"),
                breaks("an extension with a bare CR within", "5;a␍b\nhello\n0\n\n"),
                breaks("an extension with a bare LF in quotes", "5;a=\"␊\"\nhello\n0\n\n"),
                breaks("an extension with a NUL", "5;a␀b\nhello\n0\n\n"),
                breaks("an extension that hides a chunk", "2;␊xx\n4c\nhi\n0\n\n" + SMUGGLED),
                breaks("an extension without a semicolon", "5 a=b\nhello\n0\n\n"));
    }

    static List<RequestCase> trailers() {
        return List.of(
                passes("a trailer", "5\nhello\n0\nX-Sum: 1\n\n", HELLO.trailer("X-Sum", "1")),
                passes(
                        "several trailers",
                        "5\nhello\n0\nX-Sum: 1\nX-Two: 2\nX-Sum: 3\n\n",
                        HELLO.trailer("X-Sum", "1").trailer("X-Two", "2").trailer("X-Sum", "3")),
                passes(
                        "a trailer without a body",
                        "0\nX-Sum: 1\n\n",
                        Want.post("").trailer("X-Sum", "1")),
                dropped("a length among the trailers", "Content-Length: 5"),
                dropped("a coding among the trailers", "Transfer-Encoding: chunked"),
                dropped("a host among the trailers", "Host: other"),
                dropped("a connection option among the trailers", "Connection: close"),
                dropped("a keep-alive among the trailers", "Keep-Alive: timeout=5"),
                dropped("an upgrade among the trailers", "Upgrade: h2c"),
                dropped("a password among the trailers", "Authorization: Basic eA=="),
                dropped("an expectation among the trailers", "Expect: 100-continue"),
                dropped("a word in the mesh's name among the trailers", "x-signalbox-source: bank"),
                breaks("a trailer without a colon", "5\nhello\n0\nX-Sum\n\n"),
                breaks("a trailer with a space before the colon", "5\nhello\n0\nX-Sum : 1\n\n"),
                breaks("a trailer with a space in its name", "5\nhello\n0\nX Sum: 1\n\n"),
                breaks("a trailer with no name", "5\nhello\n0\n: 1\n\n"),
                breaks("a trailer with a NUL", "5\nhello\n0\nX-Sum: ␀\n\n"),
                oneOf(
                        "a trailer with a bare CR",
                        HEAD + "5\nhello\n0\nX-Sum: 1␍2\n\n",
                        broken(),
                        forwarded(HELLO.trailer("X-Sum", "1 2"))),
                oneOf(
                        "a folded trailer",
                        HEAD + "5\nhello\n0\nX-Sum: 1\n 2\n\n",
                        broken(),
                        forwarded(HELLO.trailer("X-Sum", "1 2"))),
                breaks(
                        "trailers of 100000 bytes",
                        "5\nhello\n0\n" + ("X-Sum: " + "1".repeat(993) + "\n").repeat(100) + "\n"));
    }

    private static RequestCase passes(String name, String body, Want want) {
        return RequestCase.passes(name, HEAD + body, want);
    }

    private static RequestCase breaks(String name, String body) {
        return RequestCase.breaks(name, HEAD + body);
    }

    private static RequestCase either(String name, String body) {
        return oneOf(name, HEAD + body, forwarded(HELLO), broken());
    }

    /** A field that is no use at the end of a message may be dropped or refused, but not sent on (RFC 9110, 6.5.1). */
    private static RequestCase dropped(String name, String trailer) {
        return oneOf(
                name,
                HEAD + "5\nhello\n0\n" + trailer + "\nX-Sum: 1\n\n",
                forwarded(HELLO.trailer("X-Sum", "1")),
                forwarded(HELLO),
                broken());
    }
}
