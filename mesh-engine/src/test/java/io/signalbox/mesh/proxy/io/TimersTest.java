package io.signalbox.mesh.proxy.io;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.time.Scheduler.Cancellable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TimersTest {

    private final Timers timers = new Timers();
    private final List<Long> ran = new ArrayList<>();

    @Test
    void whatIsDueFirstComesFirst() {
        for (long due : new long[] {30, 10, 20, 40}) {
            add(due);
        }
        runDue(30);

        assertThat(ran).containsExactly(10L, 20L, 30L);
        assertThat(timers.count()).isEqualTo(1);
    }

    @Test
    void whatIsCalledOffNeverComes() {
        Cancellable first = add(10);
        add(20);
        first.cancel();
        first.cancel();
        runDue(100);

        assertThat(ran).containsExactly(20L);
    }

    @Test
    void callingOffWhatHasRunTouchesNoOther() {
        Cancellable first = add(10);
        runDue(10);
        add(20);
        first.cancel();
        runDue(20);

        assertThat(ran).containsExactly(10L, 20L);
    }

    @Test
    void theTimeToTheNextIsBounded() {
        assertThat(timers.untilNext(0, 100)).isEqualTo(100);
        add(250);
        assertThat(timers.untilNext(0, 100)).isEqualTo(100);
        assertThat(timers.untilNext(200, 100)).isEqualTo(50);
        assertThat(timers.untilNext(300, 100)).isZero();
    }

    @Test
    void aClockThatPassesTheLargestNumberKeepsTheOrder() {
        long now = Long.MAX_VALUE - 5;
        add(now + 10);
        add(now + 3);
        runDue(now + 4);

        assertThat(ran).containsExactly(now + 3);
        assertThat(timers.untilNext(now + 4, 100)).isEqualTo(6);
    }

    @Test
    void manyAddedAndCalledOffInAnyOrderComeInOrder() {
        Random random = new Random(11);
        Map<Long, Cancellable> open = new TreeMap<>();
        for (int i = 0; i < 4_000; i++) {
            long due = 1_000_000L * random.nextInt(1_000) + i;
            open.put(due, add(due));
            if (random.nextInt(3) == 0) {
                long some = List.copyOf(open.keySet()).get(random.nextInt(open.size()));
                Objects.requireNonNull(open.remove(some)).cancel();
            }
        }
        runDue(Long.MAX_VALUE / 2);

        assertThat(ran).containsExactlyElementsOf(open.keySet());
        assertThat(timers.count()).isZero();
    }

    private Cancellable add(long due) {
        return timers.add(due, () -> ran.add(due));
    }

    private void runDue(long now) {
        for (Runnable task = timers.nextDue(now); task != null; task = timers.nextDue(now)) {
            task.run();
        }
    }
}
