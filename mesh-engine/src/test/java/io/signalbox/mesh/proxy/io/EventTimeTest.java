package io.signalbox.mesh.proxy.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class EventTimeTest {

    private final AtomicLong now = new AtomicLong(1_000);
    private final EventTime time = EventTime.of(now::get);
    private final InstantSource day = time.ofDay(() -> Instant.ofEpochSecond(0, now.get()));
    private final EventLoop loop = new EventLoop("test-event-time", time);

    @AfterEach
    void close() {
        loop.close();
    }

    @Test
    void onALoopItStandsWhileOneTaskRuns() {
        loop.start();
        List<Long> seen = new ArrayList<>();
        CompletableFuture<Instant> done = new CompletableFuture<>();
        loop.execute(() -> {
            seen.add(time.nanos());
            now.addAndGet(50);
            seen.add(time.nanos());
            done.complete(day.instant());
        });

        assertThat(done.join()).isEqualTo(Instant.ofEpochSecond(0, 1_000));
        assertThat(seen).containsExactly(1_000L, 1_000L);
    }

    @Test
    void eachTaskHasItsOwn() {
        List<Long> seen = new ArrayList<>();
        CompletableFuture<Void> done = new CompletableFuture<>();
        loop.execute(() -> {
            seen.add(time.nanos());
            now.addAndGet(50);
        });
        loop.execute(() -> {
            seen.add(time.nanos());
            done.complete(null);
        });
        loop.start();
        done.join();

        assertThat(seen).containsExactly(1_000L, 1_050L);
    }

    @Test
    void aTimerIsSetFromWhenTheEventBegan() {
        CompletableFuture<Long> done = new CompletableFuture<>();
        loop.execute(() -> {
            long begin = time.nanos();
            now.addAndGet(Duration.ofMillis(5).toNanos());
            var _ = loop.after(Duration.ofMillis(5), () -> done.complete(time.nanos() - begin));
        });
        loop.start();

        assertThat(done.join()).isEqualTo(Duration.ofMillis(5).toNanos());
    }

    @Test
    void onOtherThreadsItIsTheTimeItself() {
        assertThat(time.nanos()).isEqualTo(1_000);
        now.addAndGet(50);
        assertThat(time.nanos()).isEqualTo(1_050);
        assertThat(day.instant()).isEqualTo(Instant.ofEpochSecond(0, 1_050));
    }

    @Test
    void wrappedTwiceItIsTheSame() {
        assertThat(EventTime.of(time)).isSameAs(time);
    }
}
