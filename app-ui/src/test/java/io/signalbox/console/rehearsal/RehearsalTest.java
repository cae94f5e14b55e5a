package io.signalbox.console.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.console.shell.ScreenId;
import io.signalbox.console.testing.ManualScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Screens are made once they were gone through, the one that somebody waits for first. */
class RehearsalTest {

    private static final long PATIENCE_SECONDS = 20;
    private static final long SHORT_MILLIS = 100;
    private static final ScreenId LAST = ScreenId.SETTINGS;

    private final BlockingQueue<ScreenId> played = new SynchronousQueue<>();
    private final BlockingQueue<Runnable> fx = new LinkedBlockingQueue<>();
    private final ManualScheduler time = new ManualScheduler();
    private final List<String> taken = new ArrayList<>();
    private final CountDownLatch never = new CountDownLatch(1);
    private Consumer<ScreenId> playing = screen -> {};
    private final Rehearsal rehearsal = new Rehearsal(
            () -> screen -> {
                playing.accept(screen);
                put(screen);
            },
            fx::add,
            time);

    @AfterEach
    void close() {
        rehearsal.close();
        never.countDown();
    }

    @Test
    void aScreenIsMadeOnlyAfterItWasGoneThrough() throws InterruptedException {
        rehearsal.open(ScreenId.EVENTS, List.of(() -> taken.add("made")));
        assertThat(taken).isEmpty();
        assertThat(next()).isEqualTo(ScreenId.EVENTS);
        onFx();

        assertThat(taken).containsExactly("made");
    }

    @Test
    void betweenTwoStepsTheWindowIsDrawn() throws InterruptedException {
        rehearsal.open(ScreenId.EVENTS, List.of(() -> taken.add("made"), () -> taken.add("shown")));
        assertThat(next()).isEqualTo(ScreenId.EVENTS);
        onFx();
        assertThat(taken).containsExactly("made");
        time.advance(Duration.ofMillis(20));

        assertThat(taken).containsExactly("made", "shown");
    }

    @Test
    void theOneThatSomebodyWaitsForIsNext() throws InterruptedException {
        rehearsal.goOn();
        assertThat(next()).isEqualTo(ScreenId.TOPOLOGY);
        // The one after may have begun already.
        rehearsal.open(LAST, List.of(() -> taken.add("made")));

        ScreenId first = next();
        assertThat(first == LAST ? first : next()).isEqualTo(LAST);
    }

    @Test
    void allTheOthersFollowEachOnce() throws InterruptedException {
        rehearsal.goOn();
        rehearsal.goOn();
        List<ScreenId> all = new ArrayList<>();
        while (all.size() < ScreenId.values().length) {
            all.add(next());
        }

        assertThat(all).containsExactly(ScreenId.values());
    }

    @Test
    void whatWasGoneThroughIsMadeAtOnce() throws InterruptedException {
        rehearsal.open(ScreenId.EVENTS, List.of(() -> {}));
        assertThat(next()).isEqualTo(ScreenId.EVENTS);
        onFx();
        rehearsal.open(ScreenId.EVENTS, List.of(() -> taken.add("made")));

        assertThat(taken).containsExactly("made");
    }

    @Test
    void nobodyWaitsLongForARehearsal() throws InterruptedException {
        rehearsal.open(ScreenId.EVENTS, List.of(() -> taken.add("made")));
        time.advance(Duration.ofMillis(1_999));
        assertThat(taken).isEmpty();

        time.advance(Duration.ofMillis(1));
        assertThat(taken).containsExactly("made");

        assertThat(next()).isEqualTo(ScreenId.EVENTS);
        rehearsal.goOn();
        assertThat(next()).isEqualTo(ScreenId.TOPOLOGY);
        assertThat(fx).isEmpty();
    }

    @Test
    void oneThatCannotBeGoneThroughIsLetPass() throws InterruptedException {
        playing = screen -> {
            throw new IllegalStateException("cannot go through " + screen);
        };
        rehearsal.open(ScreenId.EVENTS, List.of(() -> taken.add("made")));
        onFx();

        assertThat(taken).containsExactly("made");
    }

    @Test
    void whoeverComesAnewIsPatientAnew() {
        playing = this::forever;
        rehearsal.open(ScreenId.EVENTS, List.of(() -> taken.add("first")));
        time.advance(Duration.ofSeconds(1));
        rehearsal.open(ScreenId.EVENTS, List.of(() -> taken.add("second")));
        time.advance(Duration.ofSeconds(1));
        assertThat(taken).containsExactly("first");
        time.advance(Duration.ofSeconds(1));

        assertThat(taken).containsExactly("first", "second");
    }

    @Test
    void anErrorInOneScreenEndsNoRehearsal() throws InterruptedException {
        playing = screen -> {
            if (screen == ScreenId.EVENTS) {
                throw new StackOverflowError("in a screen");
            }
        };
        rehearsal.open(ScreenId.EVENTS, List.of(() -> taken.add("made")));
        onFx();
        rehearsal.open(LAST, List.of(() -> {}));

        assertThat(taken).containsExactly("made");
        assertThat(next()).isEqualTo(LAST);
    }

    @Test
    void whenTheRehearsalEndsNobodyWaitsForIt() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        playing = screen -> begun.countDown();
        rehearsal.open(LAST, List.of(() -> taken.add("last")));
        begun.await();
        rehearsal.open(ScreenId.EVENTS, List.of(() -> taken.add("made")));
        rehearsal.close();
        assertThat(next()).isEqualTo(LAST);
        onFx();
        onFx();

        assertThat(taken).containsExactly("last", "made");
    }

    @Test
    void whatIsOpenedBeforeTheWindowIsShownIsMadeAtOnceAndNotRehearsed() throws InterruptedException {
        rehearsal
                .onceShown(() -> false)
                .open(ScreenId.TOPOLOGY, List.of(() -> taken.add("made"), () -> taken.add("in")));
        assertThat(taken).containsExactly("made", "in");
        rehearsal.onceShown(() -> true).open(ScreenId.EVENTS, List.of(() -> taken.add("later")));
        assertThat(taken).doesNotContain("later");
        assertThat(next()).isEqualTo(ScreenId.EVENTS);
        onFx();
        rehearsal.goOn();

        assertThat(next()).isNotEqualTo(ScreenId.TOPOLOGY);
    }

    @Test
    void whileAScreenComesAboutNoneIsGoneThroughForLater() throws InterruptedException {
        rehearsal.open(ScreenId.EVENTS, List.of(() -> {}, () -> {}));
        assertThat(next()).isEqualTo(ScreenId.EVENTS);
        rehearsal.goOn();
        onFx();

        assertThat(played.poll(SHORT_MILLIS, TimeUnit.MILLISECONDS)).isNull();

        time.advance(Duration.ofMillis(20));
        assertThat(next()).isEqualTo(ScreenId.TOPOLOGY);
    }

    @Test
    void aStepThatFailsIsTheLast() throws InterruptedException {
        rehearsal.open(
                ScreenId.EVENTS,
                List.of(
                        () -> {
                            throw new IllegalStateException("a defect");
                        },
                        () -> taken.add("shown")));
        assertThat(next()).isEqualTo(ScreenId.EVENTS);
        rehearsal.goOn();

        assertThatThrownBy(this::onFx).hasMessage("a defect");
        assertThat(next()).isEqualTo(ScreenId.TOPOLOGY);
        assertThat(taken).isEmpty();
    }

    private void forever(ScreenId screen) {
        try {
            never.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private ScreenId next() throws InterruptedException {
        ScreenId screen = played.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(screen).isNotNull();
        return screen;
    }

    private void onFx() throws InterruptedException {
        Runnable task = fx.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(task).isNotNull();
        task.run();
    }

    private void put(ScreenId screen) {
        try {
            played.put(screen);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
