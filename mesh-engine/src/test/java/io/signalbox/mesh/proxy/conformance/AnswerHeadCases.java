package io.signalbox.mesh.proxy.conformance;

import static io.signalbox.mesh.proxy.conformance.AnswerCase.answer;
import static io.signalbox.mesh.proxy.conformance.Result.brokenOff;
import static io.signalbox.mesh.proxy.conformance.Result.failed;
import static io.signalbox.mesh.proxy.conformance.Result.passed;

import java.util.List;

/** Status lines, fields and interim answers (RFC 9112, 4 and 5; RFC 9110, 5.5, 7.6 and 15.2). */
final class AnswerHeadCases {

    private static final String BODY = "X-App: 1\nContent-Length: 5\n\nhello";
    private static final String OK = "HTTP/1.1 200 OK\n";
    private static final Result.Passed HELLO = passed(200, "hello").with("X-App", "1");

    private AnswerHeadCases() {}

    static List<AnswerCase> statusLines() {
        return List.of(
                line("no reason", "HTTP/1.1 200 ", HELLO),
                line("no reason and no space", "HTTP/1.1 200", HELLO, failed()),
                line("a reason of several words", "HTTP/1.1 200 All is well: 100%", HELLO),
                line("a reason of bytes above ASCII", "HTTP/1.1 200 Ã©", HELLO),
                line("a reason with a NUL", "HTTP/1.1 200 a␀b", HELLO, failed()),
                line("a reason with a bare CR", "HTTP/1.1 200 a␍b", HELLO, failed()),
                line("a reason that hides a field", "HTTP/1.1 200 a␍X-Evil: 1", HELLO.without("X-Evil"), failed()),
                line("version 1.0", "HTTP/1.0 200 OK", HELLO),
                line("version 1.2", "HTTP/1.2 200 OK", HELLO),
                line("version 2.0", "HTTP/2.0 200 OK", failed()),
                line("version 0.9", "HTTP/0.9 200 OK", failed()),
                line("version 1", "HTTP/1 200 OK", failed()),
                line("version 1.1.1", "HTTP/1.1.1 200 OK", failed()),
                line("a version in lower case", "http/1.1 200 OK", failed()),
                line("another protocol", "ICY 200 OK", failed()),
                line("a greeting", "SSH-2.0-OpenSSH_9.2", failed()),
                line("a request", "GET / HTTP/1.1", failed()),
                line("no status", "HTTP/1.1 OK", failed()),
                line("a status of two digits", "HTTP/1.1 20 OK", failed()),
                line("a status of four digits", "HTTP/1.1 2000 OK", failed()),
                line("a status with a plus", "HTTP/1.1 +20 OK", failed()),
                line("a status with a letter", "HTTP/1.1 2x0 OK", failed()),
                line("a status below 100", "HTTP/1.1 099 OK", failed()),
                line("a status above 599", "HTTP/1.1 600 Odd", passed(600, "hello"), failed()),
                line("a status that nobody knows", "HTTP/1.1 299 Odd", passed(299, "hello")),
                line("two spaces before the status", "HTTP/1.1  200 OK", HELLO, failed()),
                line("a tab before the status", "HTTP/1.1\t200 OK", HELLO, failed()),
                line("a space before it", " HTTP/1.1 200 OK", failed()),
                answer("a status line after an empty line", "\n" + OK + BODY, HELLO, failed()),
                answer("a body without a head", "hello", failed()).thenEnd(),
                answer("a status line of 100000 bytes", "HTTP/1.1 200 " + "a".repeat(100_000) + "\n" + BODY, failed()));
    }

    static List<AnswerCase> fields() {
        return List.of(
                answer(
                        "values of one name in order",
                        OK + "X-A: 1\nX-B: 2\nX-A: 3\n" + BODY,
                        HELLO.with("X-A", "1").with("X-A", "3")),
                answer(
                        "cookies stay apart",
                        OK + "Set-Cookie: a=1, b\nSet-Cookie: c=2\n" + BODY,
                        HELLO.with("Set-Cookie", "a=1, b").with("Set-Cookie", "c=2")),
                answer("an answer's empty value", OK + "X-A:\n" + BODY, HELLO.with("X-A", "")),
                answer(
                        "an answer's value of bytes above ASCII",
                        OK + "X-A: é\u0080ÿ\n" + BODY,
                        HELLO.with("X-A", "é\u0080ÿ")),
                answer(
                        "an answer's folded value",
                        OK + "X-A: a\n b\n" + BODY,
                        HELLO.with("X-A", "a b"),
                        HELLO.with("X-A", "a  b"),
                        HELLO.with("X-A", "a   b"),
                        failed()),
                replaced("a NUL", "␀"),
                replaced("a bare CR", "␍"),
                replaced("an escape", "␛"),
                replaced("a DEL", "␡"),
                answer(
                        "a field after a bare CR in an answer",
                        OK + "X-A: a␍X-Evil: 1\n" + BODY,
                        HELLO.without("X-Evil"),
                        failed()),
                answer(
                        "an answer with a space before a colon",
                        OK + "X-A : 1\n" + BODY,
                        HELLO.with("X-A", "1"),
                        failed()),
                answer(
                        "an answer with a space before its length's colon",
                        OK + "X-App: 1\nContent-Length : 5\n\nhello",
                        HELLO,
                        failed()),
                bad("an empty name", ": 1"),
                bad("a space within a name", "X A: 1"),
                bad("a name with a NUL", "X␀A: 1"),
                bad("a name with a parenthesis", "X(A): 1"),
                bad("a name with a byte above ASCII", "Xé: 1"),
                bad("a line without a colon", "X-A"),
                answer(
                        "an answer with a space before its first field",
                        OK + " X-A: 1\n" + BODY,
                        HELLO.without("X-A"),
                        failed()),
                answer(
                        "an answer with bare LFs for line ends",
                        "HTTP/1.1 200 OK␊X-App: 1␊Content-Length: 5␊␊hello",
                        HELLO,
                        failed()),
                bad("a value of 100000 bytes", "X-A: " + "a".repeat(100_000)),
                bad("two thousand fields", "X-A: aaaaaaaaaaaaaaaaaaaaaaaaaaaa\n".repeat(2_000) + "X-B: 1"),
                gone(
                        "fields that an answer's Connection names",
                        "Connection: X-Own, X-Two\nX-Own: 1\nX-Two: 2",
                        "X-Own",
                        "X-Two"),
                gone("an answer's Keep-Alive", "Keep-Alive: timeout=5", "Keep-Alive"),
                gone("an answer's Upgrade", "Connection: Upgrade\nUpgrade: h2c", "Upgrade"),
                gone("an answer's Proxy-Connection", "Proxy-Connection: keep-alive", "Proxy-Connection"),
                answer(
                        "an answer whose Connection names its length",
                        OK + "Connection: Content-Length\n" + BODY,
                        HELLO,
                        failed()));
    }

    static List<AnswerCase> interims() {
        String hints = "HTTP/1.1 103 Early Hints\nLink: </a>\n\n";
        String old = "GET / HTTP/1.0\nHost: app\n\n";
        String asking = "POST / HTTP/1.1\nHost: app\nContent-Type: a/b\nContent-Length: 5\nExpect: 100-continue\n\n";
        return List.of(
                answer("100 that nobody waits for", "HTTP/1.1 100 Continue\n\n" + OK + BODY, HELLO, HELLO.after(100)),
                answer("103 travels on", hints + OK + BODY, HELLO.after(103)),
                answer("102 travels on", "HTTP/1.1 102 Processing\n\n" + OK + BODY, HELLO.after(102)),
                answer(
                        "an interim status that nobody knows travels on",
                        "HTTP/1.1 199 Odd\n\n" + OK + BODY,
                        HELLO.after(199)),
                answer(
                        "several interim answers travel on",
                        hints + hints + hints + OK + BODY,
                        HELLO.after(103, 103, 103)),
                answer(
                        "no answer of several interim ones is taken for the last",
                        hints + hints + OK + BODY,
                        HELLO,
                        HELLO.after(103, 103)),
                answer("103 does not go to an old caller", hints + OK + BODY, HELLO)
                        .to(old),
                answer(
                        "103 with a length",
                        "HTTP/1.1 103 Early Hints\nContent-Length: 5\n\n" + OK + BODY,
                        HELLO,
                        HELLO.after(103),
                        failed()),
                answer(
                                "an interim answer alone",
                                hints,
                                failed(),
                                brokenOff(),
                                new Result.Passed(502, "", List.of(), List.of(), List.of(), List.of(103)))
                        .thenEnd(),
                answer(
                                "101 that nobody asked for",
                                "HTTP/1.1 101 Switching Protocols\nConnection: Upgrade\nUpgrade: x\n\n" + EVIL,
                                failed())
                        .lastOfItsConnection(),
                answer(
                                "an expectation that the application refuses",
                                "HTTP/1.1 417 Expectation Failed\nX-App: 1\nContent-Length: 0\n\n",
                                passed(417, ""),
                                passed(417, "").after(100))
                        .to(asking)
                        .early()
                        .lastOfItsConnection());
    }

    private static final String EVIL = OK + "X-Evil: 1\nContent-Length: 4\n\nevil";

    private static AnswerCase line(String name, String line, Result... allowed) {
        return answer("a status line with " + name, line + "\n" + BODY, allowed);
    }

    private static AnswerCase bad(String name, String field) {
        return answer("an answer with " + name, OK + field + "\n" + BODY, failed());
    }

    private static AnswerCase replaced(String name, String control) {
        return answer(
                "an answer's value with " + name,
                OK + "X-A: a" + control + "b\n" + BODY,
                HELLO.with("X-A", "a b"),
                failed());
    }

    private static AnswerCase gone(String name, String fields, String... names) {
        Result.Passed result = HELLO;
        for (String each : names) {
            result = result.without(each);
        }
        return answer(name + " do not travel on", OK + fields + "\n" + BODY, result);
    }
}
