package io.signalbox.mesh.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.time.ManualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class GrownHeapTest {

    private static final long MB = 1 << 20;

    private final ManualTime time = new ManualTime();
    private long committed = 30 * MB;
    private int collections;
    private final GrownHeap heap = new GrownHeap(() -> committed, this::collect, time);

    private void collect() {
        collections++;
        committed = 16 * MB;
    }

    private void lookAfter(Duration passed) {
        time.advance(passed);
        heap.look();
    }

    @Test
    void whatAStartLeftIsCollectedOnceTheStartIsOver() {
        lookAfter(GrownHeap.PAUSE.minusNanos(1));
        assertThat(collections).isZero();
        lookAfter(Duration.ofNanos(1));
        assertThat(collections).isEqualTo(1);
    }

    @Test
    void aHeapThatKeepsItsSizeIsLeftAlone() {
        lookAfter(GrownHeap.PAUSE);
        committed += GrownHeap.SLACK;
        lookAfter(Duration.ofHours(1));
        assertThat(collections).isEqualTo(1);
    }

    @Test
    void aHeapThatGrewIsCollectedAgainButNotWithinThePause() {
        lookAfter(GrownHeap.PAUSE);
        committed += GrownHeap.SLACK + 1;
        lookAfter(GrownHeap.PAUSE.minusNanos(1));
        assertThat(collections).isEqualTo(1);
        lookAfter(Duration.ofNanos(1));
        assertThat(collections).isEqualTo(2);
    }

    @Test
    void theMoreLivesTheMoreItMayGrow() {
        committed = 100 * MB;
        GrownHeap large = new GrownHeap(() -> committed, () -> collections++, time);
        time.advance(GrownHeap.PAUSE);
        large.look();
        committed = 125 * MB;
        time.advance(GrownHeap.PAUSE);
        large.look();
        assertThat(collections).isEqualTo(1);
        committed++;
        large.look();
        assertThat(collections).isEqualTo(2);
    }
}
