package io.signalbox.console.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.model.status.ServiceHealth;
import io.signalbox.mesh.model.status.TrafficStats;
import io.signalbox.mesh.model.status.VersionStatus;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class VersionHistoryTest {

    private final VersionHistory history = new VersionHistory();
    private int second;

    @Test
    void aVersionThatHasGoneIsForgottenWithItsLastValue() {
        add("v1", "v2");
        add("v1");
        assertThat(history.success("v2")).containsExactly(90, Double.NaN);
        for (int i = 2; i < VersionHistory.SAMPLES; i++) {
            add("v1");
        }
        assertThat(history.success("v2")).hasSize(VersionHistory.SAMPLES);
        add("v1");
        assertThat(history.success("v2")).isEmpty();
        assertThat(history.success("v1")).hasSize(VersionHistory.SAMPLES).doesNotContain(Double.NaN);
    }

    @Test
    void whatIsOlderThanTheWindowMovesOutOfItWhileTheVersionIsAway() {
        add("v2");
        add("v2");
        for (int i = 2; i <= VersionHistory.SAMPLES; i++) {
            add("v1");
        }
        assertThat(history.success("v2")).hasSize(VersionHistory.SAMPLES).startsWith(90, Double.NaN);
    }

    private void add(String... versions) {
        history.add(
                Instant.ofEpochSecond(second++),
                Arrays.stream(versions)
                        .map(name -> new VersionStatus(
                                name, ServiceHealth.OK, new TrafficStats(1, 10, 1, 10, 1, null), List.of()))
                        .toList());
    }
}
