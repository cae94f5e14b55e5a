package io.signalbox.mesh.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RenewalPlanTest {

    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");

    private final RandomGenerator jitter = new SplittableRandom(5);
    private final RenewalPlan hour = new RenewalPlan(NOON, NOON.plus(Duration.ofHours(1)));

    @Test
    void itIsDueAfterTwoThirdsOfTheLifeOrUpToATenthOfItSooner() {
        List<Instant> due =
                IntStream.range(0, 1_000).mapToObj(_ -> hour.due(jitter)).toList();

        assertThat(due)
                .allSatisfy(at ->
                        assertThat(at).isBetween(NOON.plus(Duration.ofMinutes(34)), NOON.plus(Duration.ofMinutes(40))));
        assertThat(due.stream().distinct().count()).as("not all at once").isGreaterThan(900);
    }

    @Test
    void pausesDoubleWithChanceInThemUpToAMinute() {
        assertThat(hour.pause(1, jitter)).isBetween(Duration.ofMillis(100), Duration.ofMillis(200));
        assertThat(hour.pause(4, jitter)).isBetween(Duration.ofMillis(800), Duration.ofMillis(1_600));
        assertThat(hour.pause(1_000_000, jitter)).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(60));
    }

    @Test
    void aShortLifeLeavesTimeForSeveralAttempts() {
        RenewalPlan seconds = new RenewalPlan(NOON, NOON.plusSeconds(3));

        assertThat(seconds.pause(10, jitter)).isLessThanOrEqualTo(Duration.ofMillis(250));
    }

    @Test
    void oneThatHadEndedWhenItWasGotIsDueAtOnce() {
        RenewalPlan ended = new RenewalPlan(NOON, NOON.minusSeconds(1));

        assertThat(ended.due(jitter)).isEqualTo(NOON);
        assertThat(ended.pause(3, jitter)).isPositive();
    }
}
