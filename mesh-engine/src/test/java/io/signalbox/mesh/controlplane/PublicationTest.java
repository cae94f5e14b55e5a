package io.signalbox.mesh.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.model.status.MeshSnapshot;
import io.signalbox.mesh.model.status.TrafficStats;
import io.signalbox.mesh.time.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When a snapshot is drawn, by a drawing that takes one millisecond. */
final class PublicationTest {

    private final ManualTime time = new ManualTime();
    private final List<Long> told = new ArrayList<>();
    private final Publication publication = new Publication(snapshot(0), this::draw, time, time);
    private int drawn;
    private Runnable meanwhile = () -> {};

    PublicationTest() {
        Runnable _ = publication.subscribe(snapshot -> told.add(snapshot.sequence()));
    }

    @Test
    void aChangeAfterARestIsToldAtOnce() {
        publication.changed();
        time.advance(Duration.ofMillis(9));
        publication.changed();

        assertThat(told).containsExactly(1L, 2L);
    }

    @Test
    void changesInQuickSuccessionAreDrawnTogetherAfterARest() {
        publication.changed();
        for (int i = 0; i < 100; i++) {
            publication.changed();
        }
        assertThat(told).containsExactly(1L);

        time.advance(Duration.ofMillis(9));
        assertThat(told).containsExactly(1L, 2L);
        assertThat(drawn).isEqualTo(2);
    }

    @Test
    void whoAsksSeesEveryChangeThatWasMadeBefore() {
        publication.changed();
        publication.changed();

        assertThat(publication.latest().sequence()).isEqualTo(2);
        assertThat(publication.latest().sequence()).isEqualTo(2);
        assertThat(told).containsExactly(1L);

        time.advance(Duration.ofMillis(9));
        assertThat(told).containsExactly(1L, 2L);
        assertThat(drawn).isEqualTo(2);
    }

    @Test
    void aChangeWhileItIsDrawnIsDrawnAfterARest() throws InterruptedException {
        Thread other = Thread.ofPlatform().unstarted(publication::changed);
        meanwhile = () -> {
            other.start();
            while (other.getState() != Thread.State.BLOCKED) {
                Thread.onSpinWait();
            }
        };
        publication.changed();
        other.join();
        assertThat(told).containsExactly(1L);
        assertThat(publication.latest().sequence()).isEqualTo(2);

        time.advance(Duration.ofMillis(9));
        assertThat(told).containsExactly(1L, 2L);
    }

    private MeshSnapshot draw(long sequence) {
        drawn++;
        time.advance(Duration.ofMillis(1));
        Runnable once = meanwhile;
        meanwhile = () -> {};
        once.run();
        return snapshot(sequence);
    }

    private static MeshSnapshot snapshot(long sequence) {
        return new MeshSnapshot(
                sequence,
                0,
                Instant.EPOCH,
                "shop",
                Instant.EPOCH,
                TrafficStats.NONE,
                0,
                0,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                null);
    }
}
