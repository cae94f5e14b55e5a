package io.signalbox.mesh.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.metrics.Channel;
import io.signalbox.mesh.metrics.EdgeInterval;
import io.signalbox.mesh.metrics.EdgeKey;
import io.signalbox.mesh.metrics.Outcome;
import io.signalbox.mesh.model.AnsweredBy;
import io.signalbox.mesh.model.Protocol;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class RequestCountsTest {

    private final RequestCounts counts = new RequestCounts();

    @Test
    void lateOnesAreCountedToASecondAndEarlierOnesToTen() {
        record(5, Duration.ofSeconds(1));
        record(7, Duration.ofSeconds(101));
        record(11, Duration.ofSeconds(105));

        assertThat(since(Duration.ofSeconds(105), Duration.ofSeconds(1))).isEqualTo(11);
        assertThat(since(Duration.ofSeconds(105), Duration.ofSeconds(4))).isEqualTo(18);
        assertThat(since(Duration.ofSeconds(130), Duration.ofSeconds(125))).isEqualTo(23);
        assertThat(since(Duration.ofSeconds(240), Duration.ofSeconds(135))).isEqualTo(18);
        assertThat(counts.since("cart", 0, Duration.ofSeconds(9))).isZero();
    }

    @Test
    void whatIsOlderThanAnHourIsForgotten() {
        record(5, Duration.ofSeconds(1));
        record(7, Duration.ofSeconds(3_700));

        assertThat(since(Duration.ofSeconds(3_700), Duration.ofHours(2))).isEqualTo(7);
    }

    private void record(long requests, Duration at) {
        counts.record(
                List.of(new EdgeInterval(
                        new EdgeKey("catalog", "v1", "catalog-1", Protocol.HTTP, Channel.MTLS),
                        Map.of(new Outcome(200, AnsweredBy.UPSTREAM, null), requests),
                        Map.of(),
                        0,
                        new Histogram(2),
                        0,
                        0)),
                at.toNanos());
    }

    private long since(Duration now, Duration ago) {
        return counts.since("catalog", now.toNanos(), ago);
    }
}
