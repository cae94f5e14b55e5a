package io.signalbox.console.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class SecondsRingTest {

    private final SecondsRing ring = new SecondsRing();

    @Test
    void anEmptyRingIsAllGaps() {
        assertThat(ring.last(3)).containsExactly(Double.NaN, Double.NaN, Double.NaN);
    }

    @Test
    void theLastValueOfASecondCounts() {
        ring.put(Instant.ofEpochMilli(1_000), 5);
        ring.put(Instant.ofEpochMilli(1_900), 7);
        assertThat(ring.last(1)).containsExactly(7);
    }

    @Test
    void whatIsOlderThanHalfAnHourIsGone() {
        ring.put(Instant.ofEpochSecond(10), 1);
        ring.put(Instant.ofEpochSecond(10 + SecondsRing.SECONDS), 2);
        double[] all = ring.last(SecondsRing.SECONDS);
        assertThat(all[SecondsRing.SECONDS - 1]).isEqualTo(2);
        assertThat(all[0]).isNaN();
        ring.put(Instant.ofEpochSecond(11 + SecondsRing.SECONDS), 3);
        assertThat(ring.last(2)).containsExactly(2, 3);
    }

    @Test
    void moreThanTheRingHoldsIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ring.last(1_801))
                .withMessage("count: 1801 (expected: 1..1800)");
    }
}
