package io.signalbox.console.rollouts;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.console.fixture.FakeMesh;
import io.signalbox.console.fixture.RolloutSketch;
import io.signalbox.console.fixture.SnapshotFixtures;
import io.signalbox.console.screen.Nodes;
import io.signalbox.console.screen.ScreenBench;
import io.signalbox.console.testing.Fx;
import io.signalbox.console.theme.Theme;
import io.signalbox.console.widget.MeshButton;
import io.signalbox.mesh.client.MeshException;
import java.util.Locale;
import java.util.function.Consumer;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.layout.Region;
import org.junit.jupiter.api.Test;

class RolloutsScreenTest {

    @Test
    void aRolloutIsShownWithItsWayItsWhyAndEveryCheck() {
        Fx.run(() -> {
            ScreenBench on = shown(Locale.ENGLISH, 1000, RolloutSketch::of);

            assertThat(on.words())
                    .contains("catalog", "v1", "v2", "Running", "30\u00a0%")
                    .contains("to v2. Step 3 of 10, watched for 1\u00a0min\u00a046\u00a0s, at least 5\u00a0min.")
                    .anyMatch(words -> words.startsWith("7,412 requests do not tell whether"))
                    .anyMatch(words -> words.startsWith("Hold: not enough is known yet."))
                    .contains(
                            "Failures against stable",
                            "−0.11\u00a0pt",
                            "+0.50\u00a0pt",
                            "between −0.41\u00a0pt and +0.62\u00a0pt")
                    .contains("Requests in this step", "2,212", "Met", "Not known yet");
            assertThat(on.find(".rollouts-evidence-line", Region.class).getAccessibleText())
                    .contains("+0.46");
        });
    }

    @Test
    void bothVersionsStandSideBySide() {
        Fx.run(() -> {
            ScreenBench on = shown(Locale.ENGLISH, 1000, RolloutSketch::of);
            assertThat(Nodes.all(on.find("#rollouts-versions", Region.class), Label.class))
                    .extracting(Labeled::getText)
                    .contains("v1", "70\u00a0%", "v2", "30\u00a0%")
                    .anyMatch(words -> words.endsWith("req/s") && !words.startsWith("0"));
        });
    }

    @Test
    void thoseThatEndedSayHowAndWhy() {
        Fx.run(() -> {
            ScreenBench on = shown(Locale.ENGLISH, 1000, RolloutSketch::of);
            assertThat(on.words())
                    .contains("Rollout 2: v1 → v2", "Rolled back", "v2 is slower than v1: p99 61 ms against 43 ms.")
                    .contains("Promoted", "looks good, and the old one leaves today");
        });
    }

    @Test
    void itIsPausedAndResumedForAReason() {
        Fx.run(() -> {
            ScreenBench on = shown(Locale.ENGLISH, 1000, RolloutSketch::of);
            on.press("Pause…");
            assertThat(on.words()).contains("Pause the rollout of catalog?");
            on.answer("lunch", "Pause");
            assertThat(on.mesh.askedButTaps()).containsExactly("pause catalog by console: lunch");
            assertThat(on.words()).contains("Paused", "lunch (by console)");
            assertThat(on.has("Pause…")).isFalse();

            on.press("Resume…");
            on.answer("back", "Resume");
            assertThat(on.mesh.askedButTaps()).contains("resume catalog by console: back");
            assertThat(on.has("Pause…")).isTrue();
        });
    }

    @Test
    void itIsRolledBackAndAnotherPromotedForAReason() {
        Fx.run(() -> {
            ScreenBench on = shown(Locale.ENGLISH, 1000, RolloutSketch::of);
            on.press("Promote…");
            assertThat(on.words()).contains("Promote v2 of catalog now?");
            on.press("Cancel");
            assertThat(on.mesh.askedButTaps()).isEmpty();
            on.press("Roll back…");
            on.answer("prices are wrong", "Roll back");
            assertThat(on.mesh.askedButTaps()).containsExactly("roll back catalog by console: prices are wrong");
            assertThat(on.has("Promote…")).isFalse();
        });
    }

    @Test
    void nothingIsDoneToAnotherRolloutThanTheOneShown() {
        Fx.run(() -> {
            ScreenBench on = shown(
                    Locale.ENGLISH, 1000, mesh -> mesh.rollouts().tell(RolloutSketch.running("catalog", 3, "v2")));
            on.press("Promote…");
            on.mesh.rollouts().forget("catalog", 3);
            on.mesh.rollouts().tell(RolloutSketch.running("catalog", 5, "v3"));
            on.answer("now", "Promote");
            assertThat(on.mesh.askedButTaps()).isEmpty();
            assertThat(on.words()).anyMatch(words -> words.contains("rollout of catalog: 5 (expected: 3)"));
        });
    }

    @Test
    void oneThatWaitsIsTakenOutOfTheQueue() {
        Fx.run(() -> {
            ScreenBench on = shown(Locale.ENGLISH, 1000, RolloutSketch::of);
            list(on).getSelectionModel().select(1);
            assertThat(on.words()).contains("Queued", "Another rollout of the service comes first.");
            assertThat(on.has("Roll back…")).isFalse();
            on.press("Withdraw…");
            on.answer("not today", "Withdraw");
            assertThat(on.mesh.askedButTaps()).containsExactly("withdraw catalog 4 by console: not today");
            assertThat(list(on).getItems()).hasSize(2);
        });
    }

    @Test
    void whoHasNeverSeenOneStartsItFromTheEmptyScreen() {
        Fx.run(() -> {
            ScreenBench on = shown(Locale.ENGLISH, 1000, mesh -> {});
            assertThat(on.words()).contains("No rollouts yet");
            on.press("Start a rollout…");
            assertThat(on.find("#rollouts-start-service", ComboBox.class).getValue())
                    .isEqualTo("catalog");
            assertThat(on.find("#rollouts-start-candidate", ComboBox.class).getValue())
                    .isEqualTo("v2");
            on.answer("new prices", "Start");
            assertThat(on.mesh.askedButTaps())
                    .containsExactly("start catalog to v2 from null each null by console: new prices");
            assertThat(on.words()).contains("Running").doesNotContain("No rollouts yet");
        });
    }

    @Test
    void aFieldThatIsWrongSaysSoAndStartsNothing() {
        Fx.run(() -> {
            ScreenBench on = shown(Locale.ENGLISH, 1000, RolloutSketch::of);
            on.press("Start a rollout…");
            on.find("#rollouts-start-weight", TextField.class).setText("120");
            on.find("#rollouts-start-delay", TextField.class).setText("soon");
            assertThat(on.words())
                    .contains("First share, in percent: 120 (expected: 0..100, and no more than “Up to”)")
                    .anyMatch(words -> words.startsWith("Each step watched for at least: soon (expected:"));
            on.answer("why not", "Start");
            assertThat(on.mesh.askedButTaps()).isEmpty();

            on.find("#rollouts-start-weight", TextField.class).setText("5 %");
            on.find("#rollouts-start-delay", TextField.class).setText("1m");
            on.press("Start");
            assertThat(on.mesh.askedButTaps())
                    .containsExactly("start catalog to v2 from 5 each PT1M by console: why not");
        });
    }

    @Test
    void whatTheMeshRefusesToStartIsSaidInTheDialog() {
        Fx.run(() -> {
            ScreenBench on = shown(Locale.ENGLISH, 1000, RolloutSketch::of);
            on.press("Start a rollout…");
            on.mesh.refuseWith(new MeshException(MeshException.Kind.INVALID, "stable: none (expected: a version)"));
            on.answer("new prices", "Start");
            assertThat(on.words()).contains("stable: none (expected: a version)", "Start a rollout");
        });
    }

    @Test
    void itIsAskedOnceASecondWhileShownAndNotWhenHidden() {
        Fx.run(() -> {
            ScreenBench on = shown(Locale.ENGLISH, 1000, RolloutSketch::of);
            int before = on.mesh.rollouts().reads();
            on.mesh.deliver(SnapshotFixtures.later(SnapshotFixtures.canary(), 2));
            assertThat(on.mesh.rollouts().reads()).isEqualTo(before + 1);
            on.mesh.deliver(SnapshotFixtures.later(SnapshotFixtures.canary(), 2));
            assertThat(on.mesh.rollouts().reads()).isEqualTo(before + 1);
            on.screen().hidden();
            on.mesh.deliver(SnapshotFixtures.later(SnapshotFixtures.canary(), 9));
            assertThat(on.mesh.rollouts().reads()).isEqualTo(before + 1);
        });
    }

    @Test
    void theChosenOneStaysWhileTheListMoves() {
        Fx.run(() -> {
            ScreenBench on = shown(Locale.ENGLISH, 1000, RolloutSketch::of);
            on.screen().reveal("reviews");
            assertThat(on.words()).contains("v2 fails more often than v1: 3.1 % against 0.8 %.");
            on.mesh.rollouts().tell(RolloutSketch.running("basket", 1, "v2"));
            on.mesh.deliver(SnapshotFixtures.later(SnapshotFixtures.canary(), 2));
            assertThat(list(on).getItems()).hasSize(4);
            assertThat(on.words()).contains("v2 fails more often than v1: 3.1 % against 0.8 %.");
            assertThat(list(on).getSelectionModel().getSelectedIndex()).isEqualTo(3);
        });
    }

    @Test
    void aMeshThatDoesNotSayItIsAskedAgain() {
        Fx.run(() -> {
            ScreenBench on = shown(
                    Locale.ENGLISH,
                    1000,
                    mesh -> mesh.refuseWith(new MeshException(MeshException.Kind.NOT_FOUND, "rollouts: none")));
            assertThat(on.words()).contains("The rollouts could not be read", "rollouts: none");
            on.mesh.refuseWith(null);
            RolloutSketch.of(on.mesh);
            on.press("Try again");
            assertThat(on.words()).contains("Running");
        });
    }

    @Test
    void whileDisconnectedNothingCanBeChanged() {
        Fx.run(() -> {
            ScreenBench on = shown(Locale.ENGLISH, 1000, RolloutSketch::of);
            on.mesh.disconnect("connection refused");
            on.layout();
            assertThat(Nodes.all(on.root(), MeshButton.class))
                    .filteredOn(button -> button.getText().endsWith("…"))
                    .hasSize(4)
                    .allMatch(button -> button.blockedReasonProperty().get().startsWith("Not connected"));
        });
    }

    @Test
    void everyControlHasANameForAScreenReader() {
        Fx.run(() -> {
            ScreenBench on = shown(Locale.GERMAN, 860, RolloutSketch::of);
            on.press("Rollout beginnen…");
            assertThat(Nodes.nameless(on.root())).isEmpty();
        });
    }

    @Test
    void inGermanInANarrowWindowNothingIsCut() {
        Fx.run(() -> {
            // What a window of 860 px leaves beside the rail.
            ScreenBench on = shown(Locale.GERMAN, 784, RolloutSketch::of);
            assertThat(Nodes.all(on.root(), MeshButton.class))
                    .filteredOn(Labeled::isVisible)
                    .allMatch(button -> button.getWidth() >= button.prefWidth(-1) - 1);
            Region cards = on.find(".rollouts-cards", Region.class);
            double room = on.find(".screen-scroll", Region.class).getWidth();
            assertThat(cards.minWidth(-1)).isLessThanOrEqualTo(room);
            assertThat(on.words()).contains("Anhalten…", "Zurücknehmen…", "Befördern…");
        });
    }

    private static ScreenBench shown(Locale locale, double width, Consumer<FakeMesh> happened) {
        ScreenBench on = new ScreenBench(locale);
        happened.accept(on.mesh);
        on.show(RolloutsScreen::new);
        on.scene(width, 800, Theme.DARK);
        on.mesh.deliver(SnapshotFixtures.canary());
        on.layout();
        return on;
    }

    @SuppressWarnings("unchecked")
    private static ListView<RolloutRow> list(ScreenBench on) {
        return on.find("#rollouts", ListView.class);
    }
}
