package io.signalbox.mesh.client.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.model.status.MeshSnapshot;
import io.signalbox.mesh.model.status.TrafficStats;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pictures that take long to read are read less often. */
class SnapshotReaderTest {

    private static final MeshSnapshot EMPTY = new MeshSnapshot(
            1,
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

    private final AtomicLong now = new AtomicLong();

    @ParameterizedTest
    @CsvSource({"0,0", "99,0", "100,200", "700,1400", "5000,2000"})
    void aPictureIsFollowedByARestOfTwiceTheTimeThatItTook(long tookMillis, long restMillis) {
        SnapshotReader reader = new SnapshotReader(
                picture -> now.addAndGet(Duration.ofMillis(tookMillis).toNanos()), now::get);

        reader.event("snapshot", Json.text(EMPTY));

        assertThat(reader.rest()).isEqualTo(Duration.ofMillis(restMillis));
    }
}
