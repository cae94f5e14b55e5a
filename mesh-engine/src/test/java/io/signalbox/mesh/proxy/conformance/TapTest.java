package io.signalbox.mesh.proxy.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tap tells when an application understood something else than it was sent. */
class TapTest {

    private static final String REQUEST = "POST /a HTTP/1.1\nHost: app\nX-One: 1\nContent-Length: 3\n\nabc";
    private static final Echo RIGHT = Echo.of(new Message(
            "POST /a HTTP/1.1", List.of(new Field("Host", "app"), new Field("X-One", "1")), "abc", List.of()));

    @Test
    void theSameIsUnderstood() throws IOException {
        assertThat(disagreements(REQUEST, answer(RIGHT))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        PUT,  /a, abc, 1
        POST, /b, abc, 1
        POST, /a, ab,  1
        POST, /a, abd, 1
        POST, /a, abc, 2
        """)
    void anythingElseIsADisagreement(String method, String target, String body, String field) throws IOException {
        Echo other = Echo.of(
                new Message(method + " " + target + " HTTP/1.1", List.of(new Field("X-One", field)), body, List.of()));

        assertThat(disagreements(REQUEST, answer(other)))
                .singleElement()
                .asString()
                .startsWith("said ");
    }

    @Test
    void oneAnswerTooManyIsADisagreement() throws IOException {
        assertThat(disagreements(REQUEST, answer(RIGHT) + answer(RIGHT)))
                .singleElement()
                .asString()
                .contains("never sent");
    }

    @Test
    void aRequestTakenForWholeTooEarlyIsADisagreement() throws IOException {
        assertThat(disagreements(REQUEST.replace("abc", "ab"), answer(RIGHT)))
                .singleElement()
                .asString()
                .startsWith("taken for whole");
    }

    @Test
    void whatIsNotHttpIsADisagreement() throws IOException {
        // An answer that comes at once may be looked at before the request, and be one too many as well.
        assertThat(disagreements("GET /a b HTTP/1.1\nHost: app\n\n", Reply.of(answer(RIGHT))))
                .singleElement()
                .asString()
                .contains("not HTTP");
    }

    private static String answer(Echo understood) {
        return "HTTP/1.1 200 OK\n" + Echo.FIELD + ": " + understood.encoded() + "\nContent-Length: 2\n\nok";
    }

    private static List<String> disagreements(String request, String answers) throws IOException {
        return disagreements(request, Reply.of(answers).early());
    }

    private static List<String> disagreements(String request, Reply answers) throws IOException {
        try (RecordingUpstream upstream = new RecordingUpstream(List.of(answers.thenEnd()));
                Tap tap = new Tap(upstream.port(), UnaryOperator.identity());
                Caller caller = new Caller(tap.port())) {
            caller.send(request);
            caller.end();
            caller.atEnd();
            while (caller.atEnd() == Caller.End.MORE) {}
            return tap.newDisagreements();
        }
    }
}
