package io.signalbox.console.requests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.console.fixture.RequestSketch;
import io.signalbox.mesh.explain.RequestFilter;
import io.signalbox.mesh.explain.RequestLine;
import io.signalbox.mesh.model.Cause;
import io.signalbox.mesh.model.InvalidValueException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryParserTest {

    private static final Map<String, RequestLine> LINES = Map.of(
            "retried", RequestSketch.retried(),
            "refused", RequestSketch.refused(1, 0),
            "slow", RequestSketch.slow(2, 0),
            "sampled", RequestSketch.sampled(3, 0));

    @ParameterizedTest(name = "{0} takes {1}")
    @CsvSource(delimiter = '|', textBlock = """
        ''                        | refused retried sampled slow
        status:5xx                | refused
        code:503                  | refused
        status:200                | retried sampled slow
        service:catalog           | retried sampled slow
        from:catalog              | slow
        to:catalog                | retried sampled
        to:catalog from:catalog   | ''
        version:v3                | slow
        method:post               | refused
        cause:breaker-open        | refused
        cause:timeout             | ''
        path:/items               | retried sampled
        path:/tems                | ''
        is:failed                 | refused
        is:slow                   | slow
        is:retried                | retried
        is:sampled                | sampled
        dur>100ms                 | slow
        dur>=1.24s                | slow
        dur>1.24s                 | ''
        ms<=11                    | refused sampled
        attempts>1                | retried
        attempts<1                | refused
        to:catalog dur<20ms       | sampled
        /items                    | retried sampled
        ITEMS/3                   | sampled
        r-7                       | retried
        00000000000000000000000000000001 | refused
        checkout                  | refused
        catalog-2                 | retried
        """)
    void aRequestIsTakenThatMeetsEveryCondition(String text, String taken) {
        RequestQuery query = QueryParser.parse(text);
        assertThat(LINES.entrySet().stream()
                        .filter(line -> query.wanted().test(line.getValue()))
                        .map(Map.Entry::getKey)
                        .sorted())
                .containsExactly(taken.isEmpty() ? new String[0] : taken.split(" "));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
        status:9xx   ; status: 9xx (expected: 503 | 5xx)
        code:        ; code:  (expected: 503 | 5xx)
        cause:time   ; cause: time (expected: timeout | per-try-timeout)
        dur>soon     ; dur: soon (expected: 100ms | 2s)
        attempts>two ; attempts: two (expected: 1 | 2 | 3)
        is:odd       ; is: odd (expected: failed | slow | retried | sampled)
        path:items   ; path: items (expected: /items)
        service:     ; service:  (expected: catalog)
        size>3       ; filter: size (expected: dur | attempts)
        """)
    void whatCannotBeReadIsNamedWithWhatWasExpected(String word, String message) {
        assertThatThrownBy(() -> QueryParser.parse("r-7 " + word))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage(message);
    }

    @Test
    void anUnknownKeyIsToldTheKeys() {
        assertThatThrownBy(() -> QueryParser.parse("host:catalog"))
                .hasMessageStartingWith("filter: host (expected: status | service | from");
    }

    @Test
    void theMeshIsAskedForWhatItCanSiftBy() {
        assertThat(QueryParser.parse("status:5xx to:payment cause:breaker-open dur>5ms dur>=2ms path:/pay is:failed")
                        .tapped())
                .isEqualTo(new RequestFilter(
                        "payment",
                        RequestFilter.Statuses.parse("5xx"),
                        Duration.ofMillis(5),
                        Cause.BREAKER_OPEN,
                        "/pay"));
        assertThat(QueryParser.parse("dur<5ms method:GET earl-grey").tapped()).isEqualTo(RequestFilter.ALL);
    }
}
