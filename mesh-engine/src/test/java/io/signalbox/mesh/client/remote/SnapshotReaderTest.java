package io.signalbox.mesh.client.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.model.status.MeshSnapshot;
import io.signalbox.mesh.model.status.TrafficStats;
import java.io.FilterReader;
import java.io.IOException;
import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
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
    @CsvSource({"0,0", "99,0", "100,400", "450,1800", "5000,2000"})
    void aPictureIsFollowedByARestOfFourTimesTheTimeThatItTook(long tookMillis, long restMillis) throws IOException {
        SnapshotReader reader = new SnapshotReader(
                picture -> now.addAndGet(Duration.ofMillis(tookMillis).toNanos()), now::get);

        reader.event("snapshot", new StringReader(Json.text(EMPTY)));

        assertThat(reader.rest()).isEqualTo(Duration.ofMillis(restMillis));
    }

    @Test
    void theTimeThatAPictureTakesToComeIsNotRestedFor() throws IOException {
        SnapshotReader reader = new SnapshotReader(picture -> {}, now::get);

        reader.event("snapshot", new FilterReader(new StringReader(Json.text(EMPTY))) {
            @Override
            public int read(char[] to, int offset, int length) throws IOException {
                now.addAndGet(Duration.ofSeconds(1).toNanos());
                return super.read(to, offset, length);
            }
        });

        assertThat(reader.rest()).isEqualTo(Duration.ZERO);
    }

    @Test
    void aPictureThatBreaksOffIsABrokenConnection() {
        SnapshotReader reader = new SnapshotReader(picture -> {}, now::get);

        assertThatThrownBy(() -> reader.event("snapshot", new FilterReader(new StringReader("{\"sequence\":")) {
                    @Override
                    public int read(char[] to, int offset, int length) throws IOException {
                        int count = super.read(to, offset, length);
                        if (count < 0) {
                            throw new IOException("reset by peer");
                        }
                        return count;
                    }
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("reset by peer");
    }
}
