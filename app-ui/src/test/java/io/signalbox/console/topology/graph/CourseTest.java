package io.signalbox.console.topology.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.console.fixture.SnapshotFixtures;
import io.signalbox.mesh.model.status.Latency;
import io.signalbox.mesh.model.status.MeshSnapshot;
import io.signalbox.mesh.model.status.TrafficStats;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CourseTest {

    private static final Instant AT = SnapshotFixtures.AT;

    @Test
    void onlyTheLastFiveMinutesAreKept() {
        Course course = new Course();
        for (int second = 0; second < 1_000; second++) {
            course.put(AT.plusSeconds(second), rate(second), second);
        }
        assertThat(course.rates()).hasSize(Course.SECONDS).startsWith(700).endsWith(999);
        assertThat(course.inFlights()).startsWith(700).endsWith(999);
        assertThat(course.newest()).isEqualTo(AT.plusSeconds(999));
    }

    @Test
    void secondsWithoutAFigureAreUnknownAndNotZero() {
        Course course = new Course();
        course.put(AT, rate(5), 0);
        course.put(AT.plusSeconds(3), rate(7), 0);
        assertThat(course.rates()).endsWith(5, Double.NaN, Double.NaN, 7);
        course.put(AT.plusSeconds(3_000), rate(9), 0);
        assertThat(course.rates()).endsWith(Double.NaN, 9).doesNotContain(5, 7);
    }

    @Test
    void theLaterFiguresOfASecondReplaceTheEarlierAndOldOnesAreIgnored() {
        Course course = new Course();
        course.put(AT.plusSeconds(1), rate(5), 0);
        course.put(AT.plusSeconds(1).plusMillis(500), rate(6), 0);
        course.put(AT, rate(99), 0);
        assertThat(course.rates()).endsWith(Double.NaN, 6);
    }

    @Test
    void sharesArePercentAndLatenciesMilliseconds() {
        Course course = new Course();
        course.put(
                AT,
                new TrafficStats(10, 100, 25, 100, 25, new Latency(1_000_000, 2_000_000, 80_000_000, 90_000_000)),
                0);
        assertThat(course.successes()).endsWith(75);
        assertThat(course.p99s()).endsWith(80);
        course.put(AT.plusSeconds(1), TrafficStats.NONE, 0);
        assertThat(course.successes()).endsWith(75, Double.NaN);
    }

    @Test
    void whatLeftTheMeshIsForgotten() {
        MeshSnapshot calm = SnapshotFixtures.calm();
        TrafficHistory history = new TrafficHistory();
        history.add(calm);
        assertThat(history.service("mailer").newest()).isEqualTo(AT);
        history.add(Variants.without(calm, "mailer"));
        assertThat(history.service("mailer").newest()).isEqualTo(Instant.EPOCH);
        assertThat(history.edge(GraphModelTest.id("checkout->mailer")).newest()).isEqualTo(Instant.EPOCH);
        assertThat(history.edge(GraphModelTest.id("checkout->payment")).newest())
                .isEqualTo(AT);
    }

    private static TrafficStats rate(double requestsPerSecond) {
        return new TrafficStats(requestsPerSecond, 0, 0, 0, 0, null);
    }
}
