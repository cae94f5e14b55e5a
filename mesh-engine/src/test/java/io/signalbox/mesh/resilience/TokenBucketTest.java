package io.signalbox.mesh.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.model.RateLimit;
import io.signalbox.mesh.time.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class TokenBucketTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ManualTime time = new ManualTime();

    @Test
    void aBurstGoesThroughAtOnceAndThenAnEvenRate() {
        TokenBucket bucket = new TokenBucket(new RateLimit(10, SECOND, 3), time);

        assertThat(taken(bucket, 10)).isEqualTo(3);
        time.advance(Duration.ofMillis(99));
        assertThat(bucket.tryTake()).isEqualTo(Duration.ofMillis(1).toNanos());
        time.advance(Duration.ofMillis(1));
        assertThat(bucket.tryTake()).isZero();
        assertThat(bucket.tryTake()).isEqualTo(Duration.ofMillis(100).toNanos());
    }

    @Test
    void aPauseFillsItNoFurtherThanTheBurst() {
        TokenBucket bucket = new TokenBucket(new RateLimit(10, SECOND, 3), time);
        time.advance(Duration.ofHours(1));

        assertThat(taken(bucket, 10)).isEqualTo(3);
    }

    @Test
    void whoLeavesTokensForOthersTakesNoneOfThose() {
        TokenBucket bucket = new TokenBucket(new RateLimit(10, SECOND, 5), time);

        for (int i = 0; i < 3; i++) {
            assertThat(bucket.tryTakeLeaving(2)).isZero();
        }
        assertThat(bucket.tryTakeLeaving(2)).isEqualTo(Duration.ofMillis(100).toNanos());
        assertThat(taken(bucket, 10)).isEqualTo(2);
        time.advance(Duration.ofMillis(300));
        assertThat(bucket.tryTakeLeaving(2)).isZero();
        assertThat(bucket.tryTakeLeaving(2)).isPositive();
    }

    @Test
    void itIsFullUntilATokenIsTakenAndAgainOnceThatIsBack() {
        TokenBucket bucket = new TokenBucket(new RateLimit(10, SECOND, 3), time);
        assertThat(bucket.isFull()).isTrue();
        bucket.tryTake();
        time.advance(Duration.ofMillis(99));
        assertThat(bucket.isFull()).isFalse();
        time.advance(Duration.ofMillis(1));
        assertThat(bucket.isFull()).isTrue();
    }

    @Test
    void aTokenThatIsGivenBackIsThereAgainAndNeverMakesMoreThanTheBurst() {
        TokenBucket bucket = new TokenBucket(new RateLimit(10, SECOND, 3), time);
        assertThat(taken(bucket, 3)).isEqualTo(3);
        bucket.giveBack();
        assertThat(taken(bucket, 3)).isEqualTo(1);

        time.advance(SECOND);
        bucket.giveBack();
        assertThat(taken(bucket, 9)).isEqualTo(3);
    }

    @Test
    void overALongTimeTheRateHolds() {
        TokenBucket bucket = new TokenBucket(new RateLimit(70, SECOND, 5), time);
        SplittableRandom random = new SplittableRandom(9);
        int let = 0;
        for (int i = 0; i < 20_000; i++) {
            time.advance(Duration.ofMillis(random.nextInt(10)));
            let += taken(bucket, 1);
        }
        long seconds = Duration.ofNanos(time.nanos()).toSeconds();

        assertThat((double) let / seconds).isBetween(69.0, 71.0);
    }

    @Test
    void manyThreadsTakeNoMoreThanThereIs() throws Exception {
        TokenBucket bucket = new TokenBucket(new RateLimit(1, SECOND, 1000), time);
        List<Callable<Integer>> takers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            takers.add(() -> taken(bucket, 500));
        }
        int all = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (Future<Integer> one : threads.invokeAll(takers)) {
                all += one.get();
            }
        }

        assertThat(all).isEqualTo(1000);
    }

    private static int taken(TokenBucket bucket, int tries) {
        int taken = 0;
        for (int i = 0; i < tries; i++) {
            taken += bucket.tryTake() == 0 ? 1 : 0;
        }
        return taken;
    }
}
