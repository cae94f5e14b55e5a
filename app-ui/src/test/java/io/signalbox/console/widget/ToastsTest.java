package io.signalbox.console.widget;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.console.testing.ManualScheduler;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ToastsTest {

    private final ManualScheduler time = new ManualScheduler();
    private final Toasts toasts = new Toasts(time);
    private final Toast news = Toast.of(LampState.CLOSED, "catalog v2 is at 50 %", "rev 32");
    private final Toast offer = Toast.of(LampState.INFO, "payment closed", "", new Action("Undo", () -> {}));
    private final Toast failure = Toast.failure("The weight was not changed", "Still in force: 30 %");

    @Test
    void newsLeavesAfterSixSeconds() {
        toasts.show(news);
        time.advance(Duration.ofMillis(5_999));
        assertThat(toasts.shown()).containsExactly(news);
        time.advance(Duration.ofMillis(1));
        assertThat(toasts.shown()).isEmpty();
    }

    @Test
    void anOfferStaysTwiceAsLong() {
        toasts.show(offer);
        time.advance(Duration.ofSeconds(11));
        assertThat(toasts.shown()).containsExactly(offer);
        time.advance(Duration.ofSeconds(1));
        assertThat(toasts.shown()).isEmpty();
    }

    @Test
    void aFailureStaysUntilSomeoneClosesIt() {
        toasts.show(failure);
        time.advance(Duration.ofHours(1));
        assertThat(toasts.shown()).containsExactly(failure);
        toasts.close(failure);
        assertThat(toasts.shown()).isEmpty();
    }

    @Test
    void aFourthTakesThePlaceOfTheOldestThatWouldLeaveByItself() {
        Toast another = Toast.failure("payment was not closed", "");
        toasts.show(failure);
        toasts.show(news);
        toasts.show(another);
        toasts.show(offer);
        assertThat(toasts.shown()).containsExactly(failure, another, offer);
    }

    @Test
    void theSameAgainStartsItsTimeAgain() {
        toasts.show(news);
        time.advance(Duration.ofSeconds(5));
        toasts.show(news);
        time.advance(Duration.ofSeconds(5));
        assertThat(toasts.shown()).containsExactly(news);
    }

    @Test
    void aClosedToastLeavesNoTimerBehind() {
        toasts.show(news);
        toasts.close(news);
        assertThat(time.waiting()).isZero();
    }
}
