package io.signalbox.console.rollouts;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.console.fixture.RolloutSketch;
import io.signalbox.console.fixture.SnapshotFixtures;
import io.signalbox.console.screen.ScreenBench;
import io.signalbox.console.testing.Fx;
import io.signalbox.console.theme.Theme;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.status.RolloutPhase;
import io.signalbox.mesh.model.status.RolloutStatus;
import io.signalbox.mesh.model.status.WebhookStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RolloutStagesTest {

    private static final WebhookStatus REFUSED = new WebhookStatus(
            "load-test",
            WebhookStatus.State.OPEN,
            3,
            "answered 503 in 12 ms: no runner is free",
            SnapshotFixtures.AT.plusSeconds(30));
    private static final WebhookStatus AGREED =
            new WebhookStatus("report", WebhookStatus.State.AGREED, 0, "answered 200 in 40 ms", null);

    @Test
    void theTrackHasTheStagesBeforeTheShares() {
        assertThat(TrackStop.of(RolloutSketch.staged(2), kind -> kind.words()))
                .extracting(TrackStop::word)
                .containsExactly("headers", "mirror", "100 %");
        assertThat(TrackStop.reached(RolloutSketch.staged(1))).isEqualTo(1);
        assertThat(TrackStop.reached(RolloutSketch.staged(2))).isEqualTo(2);
    }

    @Test
    void theTrackIsReachedUpToTheShareThatIsInForce() {
        RolloutStatus running = RolloutSketch.running("catalog", 3, "v2");
        ChangeNote mira = new ChangeNote("mira", "");
        assertThat(TrackStop.reached(running)).isEqualTo(3);
        assertThat(TrackStop.reached(RolloutSketch.at(running, RolloutPhase.PROMOTED, mira)))
                .isEqualTo(10);
        assertThat(TrackStop.reached(RolloutSketch.at(running, RolloutPhase.ROLLED_BACK, mira)))
                .isEqualTo(3);
        assertThat(TrackStop.reached(RolloutSketch.at(running, RolloutPhase.QUEUED, mira)))
                .isZero();
    }

    @Test
    void whereItStandsBeforeTheFirstShareIsSaid() {
        Fx.run(() -> {
            assertThat(words(shown(Locale.ENGLISH, Theme.DARK, RolloutSketch.staged(1))))
                    .contains(
                            "Blue/green",
                            "to v2. Stage 1 of 2: X-Preview: yes. Watched for 1 min 46 s, at least 5 min.",
                            "All requests move to v2 in one step. v1 is kept for 30 min after it, and a rollback gives"
                                    + " it everything back at once.",
                            "At a bar it waits for somebody to say that it goes on.")
                    .doesNotContain("Webhooks that are asked");
            assertThat(words(shown(Locale.GERMAN, Theme.DARK, RolloutSketch.staged(2))))
                    .contains("Blau/Grün")
                    .anyMatch(words -> words.contains("Vorstufe 2 von 2: Kopien, 50 % von GET, HEAD, OPTIONS."));
        });
    }

    @Test
    void aRolloutByStepsIsNotSaidToBeBlueGreen() {
        Fx.run(() -> assertThat(words(shown(Locale.ENGLISH, Theme.DARK, RolloutSketch.running("catalog", 3, "v2"))))
                .doesNotContain("Blue/green"));
    }

    @Test
    void theWebhooksThatAreAskedAreToldWithWhatTheySaid() {
        Fx.run(() -> {
            assertThat(words(shown(Locale.ENGLISH, Theme.DARK, RolloutSketch.staged(2, REFUSED, AGREED))))
                    .containsSubsequence(
                            "load-test",
                            "answered 503 in 12 ms: no runner is free",
                            "3",
                            "Has not agreed",
                            "report",
                            "answered 200 in 40 ms",
                            "0",
                            "Agreed");
            assertThat(words(shown(Locale.GERMAN, Theme.DARK, RolloutSketch.staged(2, REFUSED))))
                    .contains("antwortete 503 in 12 ms: no runner is free");
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = Theme.class,
            names = {"DARK", "LIGHT"})
    void theyArePictured(Theme theme) throws Exception {
        Path taken = Fx.call(() -> Fx.picture(
                shown(Locale.ENGLISH, theme, RolloutSketch.staged(2, REFUSED, AGREED))
                        .root()
                        .getScene(),
                "rollout-stages-" + theme.id()));
        assertThat(Files.size(taken)).isGreaterThan(10_000);
    }

    /** Units stand behind blanks that do not break. */
    private static List<String> words(ScreenBench on) {
        return on.words().stream().map(text -> text.replace('\u00a0', ' ')).toList();
    }

    private static ScreenBench shown(Locale locale, Theme theme, RolloutStatus rollout) {
        ScreenBench on = new ScreenBench(locale);
        on.mesh.rollouts().tell(rollout);
        on.show(RolloutsScreen::new);
        on.scene(980, 900, theme);
        on.mesh.deliver(SnapshotFixtures.canary());
        on.layout();
        return on;
    }
}
