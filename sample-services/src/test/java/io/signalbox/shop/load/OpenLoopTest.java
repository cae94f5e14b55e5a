package io.signalbox.shop.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.signalbox.mesh.model.status.Latency;
import io.signalbox.shop.service.Range;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;

class OpenLoopTest {

    private final AtomicLong nanos = new AtomicLong();
    private final Deque<IntConsumer> inFlight = new ArrayDeque<>();
    private int woken;

    private OpenLoop loop(int inFlightLimit) {
        ShopperPlan plan = new ShopperPlan(new SplittableRandom(1), LoadProfile.CALM, Range.load());
        return new OpenLoop(
                plan,
                new Arrivals(new SplittableRandom(2)),
                (visit, ended) -> inFlight.add(ended),
                nanos::get,
                () -> woken++,
                inFlightLimit,
                200);
    }

    private void advance(OpenLoop loop, Duration by) {
        long end = nanos.get() + by.toNanos();
        while (true) {
            long wait = loop.sendDue();
            if (wait > end - nanos.get()) {
                nanos.set(end);
                loop.sendDue();
                return;
            }
            nanos.addAndGet(wait);
        }
    }

    private void answerAll(int status) {
        for (IntConsumer ended = inFlight.poll(); ended != null; ended = inFlight.poll()) {
            ended.accept(status);
        }
    }

    @Test
    void requestsAreSentAtTheRateWithoutWaitingForAnswers() {
        OpenLoop loop = loop(100_000);
        loop.setRate(100);
        advance(loop, Duration.ofSeconds(100));
        assertThat(loop.report().status().sent()).isCloseTo(10_000, within(300L));
        assertThat(loop.report().status().completed()).isZero();
        assertThat(loop.report().status().late()).isZero();
    }

    @Test
    void aShopThatHasJustOpenedFillsUp() {
        OpenLoop loop = loop(100_000);
        loop.fillUpTo(320);
        assertThat(loop.report().status().targetPerSecond()).isEqualTo(320);
        advance(loop, Duration.ofMillis(1_500));
        assertThat(loop.report().status().sent()).isCloseTo(87, within(40L));
        advance(loop, Duration.ofSeconds(3));
        long sent = loop.report().status().sent();
        assertThat(sent).isCloseTo(606, within(100L));
        advance(loop, Duration.ofSeconds(10));
        assertThat(loop.report().status().sent() - sent).isCloseTo(3_200, within(200L));
    }

    @Test
    void whoeverSendsIsWokenWhenAPlaceIsFree() {
        OpenLoop loop = loop(2);
        loop.setRate(10);
        advance(loop, Duration.ofSeconds(5));
        assertThat(woken).isZero();
        answerAll(200);
        assertThat(woken).isEqualTo(1);
    }

    @Test
    void zeroPausesAndAnotherRateResumes() {
        OpenLoop loop = loop(100_000);
        loop.setRate(100);
        advance(loop, Duration.ofSeconds(10));
        loop.setRate(0);
        long sent = loop.report().status().sent();
        advance(loop, Duration.ofSeconds(10));
        assertThat(loop.report().status().sent()).isEqualTo(sent);
        loop.setRate(200);
        advance(loop, Duration.ofSeconds(10));
        assertThat(loop.report().status().sent() - sent).isCloseTo(2_000, within(150L));
    }

    @Test
    void latencyCountsFromWhenARequestWasDue() {
        OpenLoop loop = loop(1);
        loop.setRate(10);
        advance(loop, Duration.ofSeconds(5));
        assertThat(loop.report().status().sent()).isEqualTo(1);
        answerAll(200);
        loop.sendDue();
        answerAll(200);
        Latency latency = Objects.requireNonNull(loop.report().latency());
        assertThat(latency.maxNanos()).isGreaterThan(Duration.ofSeconds(4).toNanos());
        assertThat(latency.p50Nanos()).isGreaterThan(Duration.ofSeconds(4).toNanos());
    }

    @Test
    void whatWaitsForAPlaceCountsAsLate() {
        OpenLoop loop = loop(2);
        loop.setRate(10);
        advance(loop, Duration.ofSeconds(1));
        assertThat(loop.report().status().late()).isZero();
        while (!inFlight.isEmpty()) {
            answerAll(200);
            loop.sendDue();
        }
        assertThat(loop.report().status().late())
                .isEqualTo(loop.report().status().sent() - 2);
    }

    @Test
    void aNewRateDropsWhatStillWaitsAndCountsItAsLate() {
        OpenLoop loop = loop(1);
        loop.setRate(100);
        advance(loop, Duration.ofSeconds(10));
        loop.setRate(1);
        assertThat(loop.report().status().late()).isCloseTo(1_000, within(120L));
        answerAll(200);
        loop.sendDue();
        assertThat(loop.report().status().sent()).isEqualTo(1);
    }

    @Test
    void serverErrorsAndSilenceAreFailuresAndRefusalsAreNot() {
        OpenLoop loop = loop(10);
        loop.setRate(100);
        advance(loop, Duration.ofSeconds(1));
        for (int status : new int[] {503, 0, 404, 409, 201}) {
            Objects.requireNonNull(inFlight.poll()).accept(status);
        }
        assertThat(loop.report().status().completed()).isEqualTo(5);
        assertThat(loop.report().status().failed()).isEqualTo(2);
        assertThat(loop.report().refused()).isEqualTo(2);
    }
}
