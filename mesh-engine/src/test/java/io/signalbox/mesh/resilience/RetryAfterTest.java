package io.signalbox.mesh.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.time.ManualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {

    /** It begins on Thursday, 1 January 2026, at midnight. */
    private final ManualTime time = new ManualTime();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        0                                | PT0S
        120                              | PT2M
        ' 7 '                            | PT7S
        99999999999999999999             | PT999999999S
        Thu, 01 Jan 2026 00:00:30 GMT    | PT30S
        Wed, 31 Dec 2025 23:59:59 GMT    | PT0S
        ''                               | PT0S
        -5                               | PT0S
        1.5                              | PT0S
        soon                             | PT0S
        Fri, 01 Jan 2026 00:00:30 GMT    | PT0S
        000000000000005                  | PT5S
        00                               | PT0S
        Thursday, 01-Jan-26 00:00:30 GMT | PT30S
        Wednesday, 31-Dec-25 23:59:59 GMT| PT0S
        Thursday, 01-Jan-81 00:00:30 GMT | PT0S
        Thu Jan  1 00:00:30 2026         | PT30S
        Sat Jan 10 00:00:00 2026         | PT216H
        Thu Jan 1 soon                   | PT0S
        """)
    void secondsAndDatesAreReadAndAllElseAsksForNothing(String text, Duration expected) {
        assertThat(RetryAfter.read(text, time)).isEqualTo(expected);
    }

    @Test
    void noFieldAsksForNothing() {
        assertThat(RetryAfter.read(null, time)).isZero();
    }
}
