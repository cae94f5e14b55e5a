package io.signalbox.mesh.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.time.ManualTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class EventLogTest {

    private final ManualTime time = new ManualTime();

    @Test
    void sequencesBeginAtOneAndHaveNoGaps() {
        EventLog log = new EventLog(time, 10);
        append(log, 3);
        assertThat(log.after(0, 10)).extracting(RecordedEvent::sequence).containsExactly(1L, 2L, 3L);
    }

    @Test
    void onlyTheNewestAreKept() {
        EventLog log = new EventLog(time, 5);
        append(log, 100);
        assertThat(log.after(0, 100)).extracting(RecordedEvent::sequence).containsExactly(96L, 97L, 98L, 99L, 100L);
    }

    @Test
    void aLimitKeepsTheNewestOfWhatWasAskedFor() {
        EventLog log = new EventLog(time, 10);
        append(log, 10);
        assertThat(log.after(4, 2)).extracting(RecordedEvent::sequence).containsExactly(9L, 10L);
    }

    @Test
    void whoReadsOnGetsTheOldestFirstAndMissesNone() {
        EventLog log = new EventLog(time, 10);
        append(log, 10);
        assertThat(log.next(4, 2)).extracting(RecordedEvent::sequence).containsExactly(5L, 6L);
        assertThat(log.next(10, 2)).isEmpty();
    }

    @Test
    void listenersHearEveryEventInOrderAlsoWhenOneIsAppendedWhileAnotherIsHeard() {
        EventLog log = new EventLog(time, 10);
        List<Long> heard = new ArrayList<>();
        log.listen(event -> {
            if (event.sequence() == 1) {
                log.append(new MeshEvent.ControlPlaneStarted("second"));
            }
        });
        log.listen(event -> heard.add(event.sequence()));
        append(log, 1);
        assertThat(heard).containsExactly(1L, 2L);
    }

    @Test
    void aListenerThatFailsDoesNotKeepOthersFromHearing() {
        EventLog log = new EventLog(time, 10);
        List<Long> heard = new ArrayList<>();
        log.listen(event -> {
            throw new IllegalStateException("expected by this test");
        });
        log.listen(event -> heard.add(event.sequence()));
        append(log, 2);
        assertThat(heard).containsExactly(1L, 2L);
    }

    @Test
    void manyWritersAreHeardInOneOrder() throws InterruptedException {
        EventLog log = new EventLog(time, 10_000);
        List<Long> heard = Collections.synchronizedList(new ArrayList<>());
        log.listen(event -> heard.add(event.sequence()));
        List<Thread> writers = IntStream.range(0, 8)
                .mapToObj(i -> Thread.ofVirtual().start(() -> append(log, 500)))
                .toList();
        for (Thread writer : writers) {
            writer.join();
        }
        assertThat(heard)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 4000).boxed().toList());
    }

    private static void append(EventLog log, int count) {
        for (int i = 0; i < count; i++) {
            log.append(new MeshEvent.ControlPlaneStarted("mesh"));
        }
    }
}
