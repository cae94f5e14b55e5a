package io.signalbox.mesh.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.model.ConcurrencyLimit;
import io.signalbox.mesh.time.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConcurrencyLimiterTest {

    private final List<String> served = new ArrayList<>();
    private final ConcurrencyLimiter limiter = new ConcurrencyLimiter(limit(2, 2), new ManualTime());

    @Test
    void soManyGoInSoManyWaitAndTheRestIsRefused() {
        assertThat(entered("a").queued()).isFalse();
        assertThat(entered("b").queued()).isFalse();
        assertThat(entered("c").queued()).isTrue();
        assertThat(entered("d").queued()).isTrue();

        assertThat(enter("e")).isNull();
        assertThat(served).isEmpty();
        assertThat(limiter.view()).isEqualTo(new ConcurrencyLimiter.View(2, 2, 2, 1));
    }

    @Test
    void whoComesFirstIsServedFirst() {
        Place a = entered("a");
        Place b = entered("b");
        Place c = entered("c");
        entered("d");

        a.leave();
        assertThat(served).containsExactly("c");
        assertThat(c.isHeld()).isTrue();
        b.leave();
        c.leave();

        assertThat(served).containsExactly("c", "d");
        assertThat(limiter.view()).isEqualTo(new ConcurrencyLimiter.View(2, 1, 0, 0));
    }

    @Test
    void whoLeavesTheQueueMakesRoomInItAndIsNotServed() {
        Place a = entered("a");
        entered("b");
        Place c = entered("c");
        entered("d");

        c.leave();
        assertThat(enter("e")).isNotNull();
        a.leave();

        assertThat(served).containsExactly("d");
        assertThat(c.isHeld()).isFalse();
    }

    @Test
    void aPlaceIsLeftOnce() {
        Place a = entered("a");
        entered("b");

        a.leave();
        a.leave();

        assertThat(limiter.view().inFlight()).isEqualTo(1);
    }

    @Test
    void onePlaceMoreIsHadAtOnceOrNotAtAll() {
        Place one = Objects.requireNonNull(limiter.tryEnter());
        assertThat(limiter.tryEnter()).isNotNull();
        assertThat(limiter.tryEnter()).isNull();
        entered("waiting");
        one.leave();

        assertThat(limiter.tryEnter()).as("who waits comes first").isNull();
        assertThat(limiter.view()).as("that is no refusal").isEqualTo(new ConcurrencyLimiter.View(2, 2, 0, 0));
    }

    @Test
    void aHigherLimitServesWhoWaits() {
        entered("a");
        entered("b");
        entered("c");
        entered("d");

        limiter.configure(limit(3, 2));
        assertThat(served).containsExactly("c");
        limiter.configure(limit(9, 2));

        assertThat(served).containsExactly("c", "d");
    }

    @Test
    void underALowerLimitNobodyIsServedBeforeAsManyHaveLeft() {
        Place a = entered("a");
        Place b = entered("b");
        entered("c");

        limiter.configure(limit(1, 2));
        a.leave();
        assertThat(served).isEmpty();
        b.leave();

        assertThat(served).containsExactly("c");
        assertThat(limiter.view().inFlight()).isEqualTo(1);
    }

    @Test
    void aShorterQueueKeepsWhoWaitsAndTakesNobodyMore() {
        entered("a");
        entered("b");
        entered("c");
        limiter.configure(limit(2, 0));

        assertThat(limiter.view().waiting()).isEqualTo(1);
        assertThat(enter("d")).isNull();
    }

    @Test
    void anAdaptiveLimitBeginsWhereItIsToldAndServesWhoWaitsWhenItGrows() {
        ManualTime time = new ManualTime();
        ConcurrencyLimiter adaptive = new ConcurrencyLimiter(
                new ConcurrencyLimit(
                        100, 1, Duration.ofSeconds(1), Optional.of(new ConcurrencyLimit.Adaptive(1, 4, 1.5))),
                time);
        for (int i = 0; i < 4; i++) {
            assertThat(adaptive.tryEnter()).isNotNull();
        }
        assertThat(adaptive.enter(() -> served.add("fifth"))).isNotNull();
        for (int window = 0; window < 3; window++) {
            time.advance(Duration.ofMillis(AdaptiveLimit.WINDOW_MILLIS));
            for (int i = 0; i < AdaptiveLimit.LEAST_SAMPLES; i++) {
                adaptive.answered(1_000_000);
            }
        }

        assertThat(adaptive.limit()).isGreaterThan(4);
        assertThat(served).containsExactly("fifth");
    }

    private Place entered(String name) {
        return Objects.requireNonNull(enter(name));
    }

    private @Nullable Place enter(String name) {
        return limiter.enter(() -> served.add(name));
    }

    private static ConcurrencyLimit limit(int most, int queue) {
        return new ConcurrencyLimit(most, queue, Duration.ofSeconds(1), Optional.empty());
    }
}
