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

    @Test
    void aFewDelaysAndManyOthersComeInOrderWhileTimePasses() {
        Random random = new Random(12);
        Map<Long, Cancellable> open = new TreeMap<>();
        List<Long> expected = new ArrayList<>();
        long now = 0;
        for (int i = 0; i < 20_000; i++) {
            long delay = random.nextInt(10) == 0 ? random.nextInt(5_000) : 100L * (1 + random.nextInt(6));
            now += 1 + random.nextInt(3);
            long due = 100_000L * (now + delay) + i;
            open.put(due, add(100_000L * now + i, due));
            if (random.nextInt(2) == 0) {
                long some = List.copyOf(open.keySet()).get(random.nextInt(open.size()));
                Objects.requireNonNull(open.remove(some)).cancel();
            }
            while (!open.isEmpty() && open.keySet().iterator().next() <= 100_000L * now) {
                long next = open.keySet().iterator().next();
                expected.add(next);
                open.remove(next);
            }
            runDue(100_000L * now);
            assertThat(timers.count()).isEqualTo(open.size());
        }

        assertThat(ran).containsExactlyElementsOf(expected);
    }

    @Test
    void aClockThatStepsBackKeepsTheOrder() {
        add(100, 150);
        add(90, 140);
        runDue(145);

        assertThat(ran).containsExactly(140L);
    }

    private Cancellable add(long due) {
        return add(0, due);
    }

    private Cancellable add(long now, long due) {
        return timers.add(now, due, () -> ran.add(due));
    }

    private void runDue(long now) {
        for (Runnable task = timers.nextDue(now); task != null; task = timers.nextDue(now)) {
            task.run();
        }
    }
}
