package io.signalbox.mesh.proxy.conformance;

import static io.signalbox.mesh.proxy.conformance.AnswerCase.answer;
import static io.signalbox.mesh.proxy.conformance.Result.brokenOff;
import static io.signalbox.mesh.proxy.conformance.Result.failed;
import static io.signalbox.mesh.proxy.conformance.Result.passed;

import java.util.List;

/** Where an answer ends, and what becomes of bytes after its end (RFC 9112, 6.3, 7.1 and 9). */
final class AnswerFramingCases {

    private static final String OK = "HTTP/1.1 200 OK\nX-App: 1\n";
    private static final String CHUNKED = OK + "Transfer-Encoding: chunked\n\n";
    private static final String WHOLE = OK + "Content-Length: 5\n\nhello";
    private static final String EVIL = "HTTP/1.1 200 OK\nX-Evil: 1\nContent-Length: 4\n\nevil";
    private static final String HEAD = "HEAD / HTTP/1.1\nHost: app\n\n";
    private static final String OLD = "GET / HTTP/1.0\nHost: app\n\n";
    private static final Result.Passed HELLO = passed(200, "hello").with("X-App", "1");

    private AnswerFramingCases() {}

    static List<AnswerCase> lengths() {
        return List.of(
                answer("an answer with a length", WHOLE, HELLO.with("Content-Length", "5")),
                answer("an answer of no length", OK + "Content-Length: 0\n\n", passed(200, "")),
                answer(
                        "an answer of 300000 bytes",
                        OK + "Content-Length: 300000\n\n" + "x".repeat(300_000),
                        passed(200, "x".repeat(300_000))),
                answer("an answer whose length has leading zeros", OK + "Content-Length: 005\n\nhello", HELLO),
                answer("an answer that ends with its connection", OK + "\nhello", HELLO)
                        .thenEnd(),
                answer("an old answer that ends with its connection", "HTTP/1.0 200 OK\nX-App: 1\n\nhello", HELLO)
                        .thenEnd(),
                answer("an answer that ends with a reset", OK + "\nhello", brokenOff(), failed(), HELLO)
                        .thenReset(),
                answer(
                        "an answer with one length twice",
                        OK + "Content-Length: 5\nContent-Length: 5\n\nhello",
                        HELLO.with("Content-Length", "5"),
                        failed()),
                answer(
                        "an answer with one length twice in a list",
                        OK + "Content-Length: 5, 5\n\nhello",
                        HELLO.with("Content-Length", "5"),
                        failed()),
                badLength("two lengths", "Content-Length: 5\nContent-Length: 6"),
                badLength("two lengths in a list", "Content-Length: 5, 6"),
                badLength("a length with a plus", "Content-Length: +5"),
                badLength("a length below zero", "Content-Length: -5"),
                badLength("a length in hexadecimal", "Content-Length: 0x5"),
                badLength("a length with a letter", "Content-Length: 5a"),
                badLength("a length of two words", "Content-Length: 5 5"),
                badLength("an empty length", "Content-Length:"),
                badLength("a length beyond 64 bits", "Content-Length: 18446744073709551621"),
                answer("an answer shorter than its length", OK + "Content-Length: 9\n\nhello", brokenOff(), failed())
                        .thenEnd(),
                answer("an answer reset before its length", OK + "Content-Length: 9\n\nhello", brokenOff(), failed())
                        .thenReset(),
                answer("no body where there is a length", OK + "Content-Length: 9\n\n", brokenOff(), failed())
                        .thenEnd(),
                answer("an answer longer than its length", OK + "Content-Length: 3\n\nhello", passed(200, "hel"))
                        .lastOfItsConnection(),
                answer("an answer with a body of no length", OK + "Content-Length: 0\n\nhello", passed(200, ""))
                        .lastOfItsConnection());
    }

    static List<AnswerCase> codings() {
        return List.of(
                answer("an answer in chunks", CHUNKED + "2\nhe\n3\nllo\n0\n\n", HELLO),
                answer("an answer in chunks in capitals", OK + "TRANSFER-ENCODING: Chunked\n\n5\nhello\n0\n\n", HELLO),
                answer("an answer in chunks with extensions", CHUNKED + "5;a=\"b;\"\nhello\n0;c\n\n", HELLO),
                answer("an answer in chunks with leading zeros", CHUNKED + "0005\nhello\n000\n\n", HELLO),
                answer(
                        "an answer in chunks with trailers",
                        CHUNKED + "5\nhello\n0\nX-Sum: 1\n\n",
                        HELLO.trailer("X-Sum", "1"),
                        HELLO),
                answer(
                        "a length among an answer's trailers",
                        CHUNKED + "5\nhello\n0\nContent-Length: 9\n\n",
                        HELLO,
                        brokenOff()),
                answer(
                        "a word in the mesh's name among an answer's trailers",
                        CHUNKED + "5\nhello\n0\nx-signalbox-cause: timeout\n\n",
                        HELLO,
                        brokenOff()),
                answer(
                        "a connection option among an answer's trailers",
                        CHUNKED + "5\nhello\n0\nConnection: close\n\n",
                        HELLO,
                        brokenOff()),
                answer(
                                "an answer in chunks to an old caller",
                                CHUNKED + "5\nhello\n0\nX-Sum: 1\n\n",
                                HELLO.without("Transfer-Encoding"))
                        .to(OLD),
                answer("a broken chunk to an old caller", CHUNKED + "5\nhello\nx\n\n", brokenOff(), failed())
                        .to(OLD),
                answer(
                        "an answer with a length and chunks",
                        OK + "Content-Length: 50\nTransfer-Encoding: chunked\n\n5\nhello\n0\n\n",
                        HELLO,
                        failed()),
                answer(
                        "an answer with chunks and a shorter length",
                        OK + "Transfer-Encoding: chunked\nContent-Length: 3\n\n5\nhello\n0\n\n",
                        HELLO,
                        failed()),
                answer(
                                "an old answer in chunks",
                                "HTTP/1.0 200 OK\n"
                                        + "X-App: 1\n"
                                        + "Connection: keep-alive\n"
                                        + "Transfer-Encoding: chunked\n\n"
                                        + "5\n"
                                        + "hello\n"
                                        + "0\n\n",
                                HELLO,
                                failed())
                        .lastOfItsConnection(),
                badCoding("chunks twice", "chunked, chunked"),
                badCoding("gzip and then chunks, which nobody asked for", "gzip, chunked"),
                badCoding("a coding that nobody knows", "cow"),
                badCoding("a coding that nobody knows and then chunks", "cow, chunked"),
                badCoding("an empty coding", ""),
                badChunk("a size that is no number", "xyz\nhello\n0\n\n"),
                badChunk("an empty size", "\nhello\n0\n\n"),
                badChunk("a size with a plus", "+5\nhello\n0\n\n"),
                badChunk("a size below zero", "-5\nhello\n0\n\n"),
                badChunk("a size with 0x", "0x5\nhello\n0\n\n"),
                badChunk("a size after a space", " 5\nhello\n0\n\n"),
                badChunk("a size beyond 64 bits", "10000000000000005\nhello\n0\n\n"),
                badChunk("a size ended by a bare LF", "5␊hello\n0\n\n"),
                badChunk("a size ended by a bare CR", "5␍hello\n0\n\n"),
                badChunk("an extension with a bare LF", "5;a␊b\nhello\n0\n\n"),
                badChunk("a chunk longer than its size", "5\nhelloo\n0\n\n"),
                badChunk("a chunk without its line end", "5\nhello0\n\n"),
                badChunk("a chunk ended by a bare LF", "5\nhello␊0\n\n"),
                badChunk("a trailer that is none", "5\nhello\n0\nX Sum: 1\n\n"),
                badChunk("an end within a chunk", "5\nhel"),
                badChunk("an end before the last chunk", "5\nhello\n"),
                answer("chunks that end with a reset", CHUNKED + "5\nhello\n", brokenOff(), failed())
                        .thenReset());
    }

    static List<AnswerCase> bodiless() {
        return List.of(
                answer(
                                "an answer to HEAD",
                                OK + "Content-Length: 5\n\n",
                                passed(200, "").with("Content-Length", "5"))
                        .to(HEAD),
                answer("an answer to HEAD in chunks", CHUNKED, passed(200, "")).to(HEAD),
                answer("an answer to HEAD without a length", OK + "\n", passed(200, ""))
                        .to(HEAD),
                answer("an answer to HEAD with a body", WHOLE, passed(200, ""))
                        .to(HEAD)
                        .lastOfItsConnection(),
                answer(
                        "204",
                        "HTTP/1.1 204 No Content\nX-App: 1\n\n",
                        passed(204, "").without("Content-Length")),
                answer(
                        "204 with a length of 0",
                        "HTTP/1.1 204 No Content\nContent-Length: 0\n\n",
                        passed(204, ""),
                        failed()),
                answer(
                                "204 with a length and a body",
                                "HTTP/1.1 204 No Content\nContent-Length: 5\n\nhello",
                                passed(204, ""),
                                failed())
                        .lastOfItsConnection(),
                answer(
                                "204 in chunks",
                                "HTTP/1.1 204 No Content\nTransfer-Encoding: chunked\n\n5\nhello\n0\n\n",
                                passed(204, ""),
                                failed())
                        .lastOfItsConnection(),
                answer("205 with a length of 0", "HTTP/1.1 205 Reset Content\nContent-Length: 0\n\n", passed(205, "")),
                answer(
                        "304",
                        "HTTP/1.1 304 Not Modified\nETag: \"a\"\n\n",
                        passed(304, "").with("ETag", "\"a\"")),
                answer("304 with a length", "HTTP/1.1 304 Not Modified\nContent-Length: 5\n\n", passed(304, "")),
                answer("304 with a body", "HTTP/1.1 304 Not Modified\nContent-Length: 5\n\nhello", passed(304, ""))
                        .lastOfItsConnection());
    }

    static List<AnswerCase> connections() {
        String post = "POST / HTTP/1.1\nHost: app\nContent-Type: a/b\nContent-Length: 10\n\nhello";
        String refused = "HTTP/1.1 413 Content Too Large\nX-App: 1\nContent-Length: 0\n\n";
        return List.of(
                answer("an answer that closes", OK + "Connection: close\nContent-Length: 5\n\nhello", HELLO)
                        .lastOfItsConnection(),
                answer(
                                "an answer that closes among other options",
                                OK + "Connection: x, CLOSE\nContent-Length: 5\n\nhello",
                                HELLO)
                        .lastOfItsConnection(),
                answer("an old answer with a length", "HTTP/1.0 200 OK\nX-App: 1\nContent-Length: 5\n\nhello", HELLO)
                        .lastOfItsConnection(),
                answer(
                        "an old answer that keeps its connection",
                        "HTTP/1.0 200 OK\nX-App: 1\nConnection: keep-alive\nContent-Length: 5\n\nhello",
                        HELLO),
                answer("an answer after an answer", WHOLE + EVIL, HELLO).lastOfItsConnection(),
                answer("an answer after an answer in chunks", CHUNKED + "5\nhello\n0\n\n" + EVIL, HELLO)
                        .lastOfItsConnection(),
                answer("an answer after an answer and a thousand empty lines", WHOLE + "\n".repeat(1_000) + EVIL, HELLO)
                        .lastOfItsConnection(),
                answer(
                                "an answer after more empty lines than a buffer holds",
                                WHOLE + "\n".repeat(100_000) + EVIL,
                                HELLO)
                        .lastOfItsConnection(),
                answer("more answers after an answer than a buffer holds", WHOLE + EVIL.repeat(4_000), HELLO)
                        .lastOfItsConnection(),
                answer("an answer after 204", "HTTP/1.1 204 No Content\n\n" + EVIL, passed(204, ""))
                        .lastOfItsConnection(),
                answer("an answer after 304", "HTTP/1.1 304 Not Modified\n\n" + EVIL, passed(304, ""))
                        .lastOfItsConnection(),
                answer("an answer after an answer to HEAD", OK + "Content-Length: 5\n\n" + EVIL, passed(200, ""))
                        .to(HEAD)
                        .lastOfItsConnection(),
                answer("half an answer after an answer", WHOLE + "HTTP/1.1 200 OK\nX-Evil: ", HELLO)
                        .lastOfItsConnection(),
                answer("an interim answer after an answer", WHOLE + "HTTP/1.1 103 Early Hints\n\n", HELLO)
                        .lastOfItsConnection(),
                answer("an empty line after an answer", WHOLE + "\n", HELLO),
                answer("a NUL after an answer", WHOLE + "␀", HELLO).lastOfItsConnection(),
                answer("an answer that nobody asked for", WHOLE, HELLO).thenUnasked(EVIL),
                answer("bytes that nobody asked for", WHOLE, HELLO).thenUnasked("x"),
                answer("half an answer that nobody asked for", WHOLE, HELLO)
                        .thenUnasked("HTTP/1.1 200 OK\nX-Evil: 1\nX-Half: "),
                answer("an empty line that nobody asked for", WHOLE, HELLO).thenUnasked("\n"),
                answer("an early answer that ends the connection", refused, passed(413, ""), failed())
                        .to(post)
                        .early()
                        .thenEnd(),
                answer("an early answer that keeps the connection", refused, passed(413, ""))
                        .to(post)
                        .early()
                        .lastOfItsConnection(),
                answer("no answer", "", failed(), brokenOff()).thenEnd(),
                answer("a reset for an answer", "", failed(), brokenOff()).thenReset(),
                answer("an end within a status line", "HTTP/1.1 20", failed(), brokenOff())
                        .thenEnd(),
                answer("an end within a head", "HTTP/1.1 200 OK\nX-App: 1\n", failed(), brokenOff())
                        .thenEnd(),
                answer("a reset within a head", "HTTP/1.1 200 OK\nX-App: 1\n", failed(), brokenOff())
                        .thenReset());
    }

    private static AnswerCase badLength(String name, String fields) {
        return answer("an answer with " + name, OK + fields + "\n\nhello", failed(), brokenOff());
    }

    private static AnswerCase badCoding(String name, String codings) {
        return answer(
                        "an answer with " + name,
                        OK + "Transfer-Encoding: " + codings + "\n\n5\nhello\n0\n\n",
                        failed(),
                        brokenOff())
                .thenEnd();
    }

    private static AnswerCase badChunk(String name, String body) {
        return answer("an answer with " + name, CHUNKED + body, brokenOff(), failed())
                .thenEnd();
    }
}
