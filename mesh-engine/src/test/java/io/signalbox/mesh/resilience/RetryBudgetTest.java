package io.signalbox.mesh.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.model.RetryPolicy;
import io.signalbox.mesh.time.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class RetryBudgetTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ManualTime time = new ManualTime();

    @Test
    void theFloorIsAllowedEverySecondWithoutAnyRequest() {
        RetryBudget budget = budget(0.2, 3);
        assertThat(allowed(budget, 10)).isEqualTo(3);

        time.advance(SECOND);
        assertThat(allowed(budget, 10)).isEqualTo(3);
    }

    @Test
    void theShareIsTakenOfTheRequestsInTheWindow() {
        RetryBudget budget = budget(0.2, 0);
        assertThat(allowed(budget, 1)).isZero();

        requests(budget, 100);
        assertThat(allowed(budget, 100)).isEqualTo(20);
        time.advance(SECOND.multipliedBy(5));
        requests(budget, 50);
        assertThat(allowed(budget, 100)).isEqualTo(10);
    }

    @Test
    void requestsAndRetriesLeaveTheWindowAfterTenSeconds() {
        RetryBudget budget = budget(0.5, 0);
        requests(budget, 10);
        time.advance(SECOND.multipliedBy(9));
        assertThat(allowed(budget, 4)).isEqualTo(4);

        time.advance(SECOND);
        assertThat(allowed(budget, 4)).isZero();
        requests(budget, 20);
        assertThat(allowed(budget, 100)).isEqualTo(6);
    }

    @Test
    void retriesAllowedByTheFloorCountTowardsTheShare() {
        RetryBudget budget = budget(0.1, 5);
        requests(budget, 100);

        assertThat(allowed(budget, 100)).isEqualTo(10);
    }

    @Test
    void aNewBudgetKeepsWhatWasCounted() {
        RetryBudget budget = budget(0.1, 0);
        requests(budget, 100);
        assertThat(allowed(budget, 100)).isEqualTo(10);

        budget.configure(new RetryPolicy.Budget(0.3, 0));
        assertThat(allowed(budget, 100)).isEqualTo(20);
    }

    @Test
    void aBudgetOfNothingAllowsNothing() {
        RetryBudget budget = budget(0, 0);
        requests(budget, 1_000);

        assertThat(budget.tryRetry()).isFalse();
    }

    @Test
    void anySequenceCountsAsAListOfTimesDoes() {
        SplittableRandom random = new SplittableRandom(31);
        RetryPolicy.Budget limits = new RetryPolicy.Budget(0.25, 2);
        RetryBudget budget = new RetryBudget(limits, time);
        List<Long> requests = new ArrayList<>();
        List<Long> retries = new ArrayList<>();
        for (int step = 0; step < 20_000; step++) {
            long second = time.nanos() / SECOND.toNanos();
            int dice = random.nextInt(100);
            if (dice < 60) {
                budget.recordRequest();
                requests.add(second);
            } else if (dice < 97) {
                boolean floor = retries.stream().filter(at -> at == second).count() < limits.minPerSecond();
                boolean expected = floor || recent(retries, second) < limits.ratio() * recent(requests, second);
                assertThat(budget.tryRetry()).as("step %d", step).isEqualTo(expected);
                if (expected) {
                    retries.add(second);
                }
            } else {
                time.advance(Duration.ofMillis(random.nextInt(4_000)));
            }
            requests.removeIf(at -> at <= second - RetryBudget.SECONDS);
            retries.removeIf(at -> at <= second - RetryBudget.SECONDS);
        }

        assertThat(time.nanos()).isGreaterThan(SECOND.toNanos() * 500);
    }

    @Test
    void simultaneousRetriesNeverOverspend() throws Exception {
        for (int round = 0; round < 50; round++) {
            RetryBudget budget = budget(0.5, 0);
            requests(budget, 200);
            int total = 0;
            try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
                List<Callable<Integer>> workers = Collections.nCopies(8, () -> allowed(budget, 100));
                for (Future<Integer> worker : threads.invokeAll(workers)) {
                    total += worker.get();
                }
            }
            assertThat(total).isEqualTo(100);
        }
    }

    private static long recent(List<Long> seconds, long now) {
        return seconds.stream().filter(at -> at > now - RetryBudget.SECONDS).count();
    }

    private RetryBudget budget(double ratio, int minPerSecond) {
        return new RetryBudget(new RetryPolicy.Budget(ratio, minPerSecond), time);
    }

    private static void requests(RetryBudget budget, int count) {
        for (int i = 0; i < count; i++) {
            budget.recordRequest();
        }
    }

    private static int allowed(RetryBudget budget, int tries) {
        int allowed = 0;
        for (int i = 0; i < tries; i++) {
            allowed += budget.tryRetry() ? 1 : 0;
        }
        return allowed;
    }
}
