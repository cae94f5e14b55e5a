package io.signalbox.console.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.console.feed.MeshFeed;
import io.signalbox.console.testing.FakeMesh;
import io.signalbox.console.testing.ManualScheduler;
import io.signalbox.console.widget.LampState;
import io.signalbox.mesh.model.status.Latency;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusBarViewModelTest {

    private final FakeMesh mesh = new FakeMesh();
    private final ManualScheduler time = new ManualScheduler();
    private final MeshFeed feed =
            new MeshFeed(mesh.connection(), Runnable::run, time, InstantSource.fixed(FakeMesh.NOON));
    private final StatusBarViewModel status = new StatusBarViewModel(feed, time);

    @Test
    void beforeTheFirstPictureThereIsNothingToSay() {
        assertThat(status.figuresProperty().get()).isEmpty();
        assertThat(status.ageProperty().get()).isEmpty();
        assertThat(status.connectionProperty().get().lamp()).isEqualTo(LampState.DISABLED);
    }

    @Test
    void theFiguresAreThoseOfTheNewestPicture() {
        start(1_000, 4);
        StatusBarViewModel.Figures figures = status.figuresProperty().get().orElseThrow();
        assertThat(figures.mesh()).isEqualTo("corner-shop");
        assertThat(figures.succeeded()).isEqualTo(996);
        assertThat(figures.p99Nanos()).hasValue(148_000_000);
        assertThat(figures.securedHops()).isEqualTo(960);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        1000, 0, none
        1000, 10, none
        1000, 11, HALF_OPEN
        1000, 100, HALF_OPEN
        1000, 101, OPEN
        0, 0, none
        """)
    void theShareThatSucceededLightsALampOnceItIsBelow99Percent(long requests, long failures, String lamp) {
        start(requests, failures);
        assertThat(status.figuresProperty()
                        .get()
                        .orElseThrow()
                        .successLamp()
                        .map(Enum::name)
                        .orElse("none"))
                .isEqualTo(lamp);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        1500, CLOSED, false
        2000, HALF_OPEN, false
        9500, HALF_OPEN, false
        10000, OPEN, true
        """)
    void dataThatAgesSaysSo(long millis, LampState lamp, boolean lost) {
        start(10, 0);
        time.advance(Duration.ofMillis(millis));
        assertThat(status.connectionProperty().get().lamp()).isEqualTo(lamp);
        assertThat(status.connectionProperty().get().lost().isPresent()).isEqualTo(lost);
    }

    @Test
    void aBrokenConnectionIsSaidAtOnceWithWhatIsStillShown() {
        start(10, 0);
        mesh.disconnect("connection refused");
        StatusBarViewModel.Lost lost = status.connectionProperty().get().lost().orElseThrow();
        assertThat(lost.why()).isEqualTo("connection refused");
        assertThat(lost.shown()).contains(FakeMesh.NOON.plusSeconds(1));
        mesh.send(FakeMesh.picture(2, FakeMesh.totals(1, 10, 0, null)));
        assertThat(status.connectionProperty().get().lost()).isEmpty();
    }

    @Test
    void closingLeavesNothingBehind() {
        status.close();
        assertThat(feed.observerCount()).isZero();
        assertThat(time.waiting()).isZero();
    }

    private void start(long requests, long failures) {
        feed.start();
        mesh.send(FakeMesh.picture(
                1, FakeMesh.totals(738, requests, failures, new Latency(9_000_000, 1, 148_000_000, 1))));
    }
}
