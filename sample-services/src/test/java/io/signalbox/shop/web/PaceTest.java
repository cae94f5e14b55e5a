package io.signalbox.shop.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaceTest {

    private static List<Duration> thousand(long seed) {
        List<Duration> pauses = new ArrayList<>();
        Pace pace = new Pace(Chance.of(seed, "catalog-1"), pauses::add);
        for (int i = 0; i < 1_000; i++) {
            pace.work(Duration.ofMillis(3));
        }
        return pauses;
    }

    @Test
    void workTakesTheMedianTimeSometimesLessSometimesMore() {
        List<Duration> sorted = thousand(1).stream().sorted().toList();
        assertThat(sorted.get(500)).isBetween(Duration.ofMillis(2), Duration.ofMillis(4));
        assertThat(sorted.getFirst()).isLessThan(Duration.ofMillis(2));
        assertThat(sorted.getLast()).isBetween(Duration.ofMillis(5), Duration.ofMillis(24));
    }

    @Test
    void theSameSeedTakesTheSameTimes() {
        assertThat(thousand(1)).isEqualTo(thousand(1)).isNotEqualTo(thousand(2));
    }
}
