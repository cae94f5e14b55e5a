package io.signalbox.mesh.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * When a certificate is renewed: after two thirds of its life, or up to a tenth of it sooner, so that those who began
 * together do not all come at once. An attempt that fails is made again after a pause that doubles, from a fifth of a
 * second to a twelfth of the life, a minute at most.
 *
 * @param issuedAt when it was got, by the clock of whoever holds it
 * @param notAfter when it ends
 */
record RenewalPlan(Instant issuedAt, Instant notAfter) {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(50);
    private static final int MOST_DOUBLINGS = 16;

    /** When the first attempt is made. */
    Instant due(RandomGenerator jitter) {
        Duration life = life();
        Duration latest = life.multipliedBy(2).dividedBy(3);
        return issuedAt.plus(latest).minusNanos((long) (jitter.nextDouble() * life.toNanos() / 10));
    }

    /** The pause before the next attempt, half of it chance. */
    Duration pause(int failures, RandomGenerator jitter) {
        Duration most = shorter(LONGEST_PAUSE, longer(SHORTEST_PAUSE, life().dividedBy(12)));
        Duration grown = FIRST_PAUSE.multipliedBy(1L << Math.min(MOST_DOUBLINGS, Math.max(0, failures - 1)));
        long nanos = shorter(most, grown).toNanos();
        return Duration.ofNanos(nanos / 2 + (long) (jitter.nextDouble() * nanos / 2));
    }

    private Duration life() {
        Duration life = Duration.between(issuedAt, notAfter);
        return life.isNegative() ? Duration.ZERO : life;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
