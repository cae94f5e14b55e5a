package io.signalbox.console.rollouts;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.console.fixture.RolloutSketch;
import io.signalbox.console.fixture.ShopperSketch;
import io.signalbox.console.fixture.SnapshotFixtures;
import io.signalbox.console.screen.Nodes;
import io.signalbox.console.screen.ScreenBench;
import io.signalbox.console.screen.ShopStory;
import io.signalbox.console.testing.Fx;
import io.signalbox.console.theme.Theme;
import io.signalbox.console.widget.MeshButton;
import io.signalbox.console.widget.TimeSeriesChart;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.status.RolloutPhase;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.layout.Region;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RolloutPartsTest {

    @Test
    void whatStoppedSaysWhyInOneSentenceWithTheEvidenceBehindIt() {
        Fx.run(() -> {
            ScreenBench on = shown(Locale.ENGLISH, 1000);
            assertThat(on.words()).doesNotContain("Why it was rolled back");
            on.screen().reveal("reviews");
            assertThat(on.words())
                    .containsSubsequence(
                            "Why it was rolled back",
                            "v2 fails more often than v1: 3.1 % against 0.8 %.",
                            "What the evidence said: Hold: not enough is known yet.")
                    .contains("Failures against stable: −0.11\u00a0pt, bound +0.50\u00a0pt"
                            + " (between −0.41\u00a0pt and +0.62\u00a0pt)");
        });
    }

    @Test
    void oneThatEndedBeforeIsOpenedAndLeftAgain() {
        Fx.run(() -> {
            ScreenBench on = shown(Locale.ENGLISH, 1000);
            on.press("Open rollout 2");
            assertThat(on.words()).contains("Why it was rolled back").anyMatch(words -> words.startsWith("Rollout 2,"));
            assertThat(on.has("Promote…")).isFalse();
            on.mesh.deliver(SnapshotFixtures.later(SnapshotFixtures.canary(), 2));
            assertThat(on.words()).anyMatch(words -> words.startsWith("Rollout 2,"));
            on.press("Back to the current one");
            assertThat(on.words()).noneMatch(words -> words.startsWith("Rollout 2,"));
            assertThat(on.has("Promote…")).isTrue();
        });
    }

    @Test
    void theChartsAreFilledByWhatCameBeforeTheScreenWasOpened() {
        Fx.run(() -> {
            ScreenBench on = new ScreenBench(Locale.ENGLISH);
            RolloutSketch.of(on.mesh);
            on.scene(1000, 800, Theme.DARK);
            ShopStory.endingIn(SnapshotFixtures.canary()).forEach(on.mesh::deliver);
            on.show(RolloutsScreen::new);
            assertThat(on.feed.versions().of("catalog").success("v2")).hasSizeGreaterThan(100);
            assertThat(on.words())
                    .contains("Success", "p99 latency")
                    .doesNotContain("No requests in the last five minutes");
            assertThat(Nodes.all(on.root(), TimeSeriesChart.class)).hasSize(2);
        });
    }

    @Test
    void withoutRequestsTheChartsSayWhyTheyAreEmpty() {
        Fx.run(() -> assertThat(wordsOfARolloutOf("mailer"))
                .contains(
                        "No requests in the last five minutes",
                        "No requests of mailer came in the last 10 seconds, so nothing is learnt."));
    }

    @Test
    void ofAServiceThatIsNotShownNothingIsClaimed() {
        Fx.run(() -> assertThat(wordsOfARolloutOf("basket"))
                .contains("Nothing is shown of basket: it has no instance and no call,"
                        + " or it is beyond the part of the mesh that is shown.")
                .noneMatch(line -> line.startsWith("No requests of basket")));
    }

    private static List<String> wordsOfARolloutOf(String service) {
        ScreenBench on = new ScreenBench(Locale.ENGLISH);
        on.mesh.rollouts().tell(RolloutSketch.running(service, 1, "v2"));
        on.show(RolloutsScreen::new);
        on.scene(1000, 800, Theme.DARK);
        on.mesh.deliver(SnapshotFixtures.ejected());
        return on.words();
    }

    @Test
    void theEvidenceIsRememberedWhileTheRolloutGoesOn() {
        Fx.run(() -> {
            ScreenBench on = shown(Locale.ENGLISH, 1000);
            RolloutsViewModel model = new RolloutsViewModel(on.bench.commands(), on.time, "console");
            for (int i = 1; i <= 5; i++) {
                model.update(SnapshotFixtures.later(SnapshotFixtures.canary(), 2 * i));
            }
            assertThat(model.trace().lines()).containsExactly(0.46, 0.46, 0.46, 0.46, 0.46);
            assertThat(model.trace().to()).isEqualTo(SnapshotFixtures.AT.plusSeconds(5));
        });
    }

    @Test
    void theShelfWallStaysWithinTheNarrowColumn() {
        Fx.run(() -> {
            for (Locale language : List.of(Locale.ENGLISH, Locale.GERMAN)) {
                ScreenBench on = new ScreenBench(language);
                RolloutSketch.of(on.mesh);
                on.mesh.requests().happened(ShopperSketch.shoppers());
                on.show(RolloutsScreen::new);
                on.scene(1340, 800, Theme.DARK);
                on.mesh.deliver(SnapshotFixtures.canary());
                on.time.advance(Duration.ofMillis(500));
                on.layout();
                on.layout();
                Region column = on.find(".rollouts-narrow", Region.class);
                assertThat(column.getChildrenUnmodifiable())
                        .filteredOn(Node::isVisible)
                        .allSatisfy(card ->
                                assertThat(card.getBoundsInParent().getMaxX()).isLessThanOrEqualTo(column.getWidth()));
            }
        });
    }

    @ParameterizedTest
    @CsvSource({"1440,13", "960,13", "1024,26"})
    void whatStopsOrUndoesIsInReachAtAnySize(double width, double textSize) {
        Fx.run(() -> {
            for (Locale language : List.of(Locale.ENGLISH, Locale.GERMAN)) {
                for (RolloutPhase phase : List.of(RolloutPhase.RUNNING, RolloutPhase.PAUSED, RolloutPhase.AT_GATE)) {
                    ScreenBench on = new ScreenBench(language);
                    on.mesh
                            .rollouts()
                            .tell(RolloutSketch.at(
                                    RolloutSketch.running("catalog", 3, "v2"), phase, new ChangeNote("mira", "lunch")));
                    on.show(RolloutsScreen::new);
                    // What a window of 700 px leaves beside the rail and below the bar, which grow with the text.
                    Scene scene = on.scene(width - 6 * textSize, 700 - 4 * textSize, Theme.DARK);
                    on.root().setStyle("-fx-font-size: " + textSize + "px");
                    on.mesh.deliver(SnapshotFixtures.canary());
                    on.layout();
                    on.layout();
                    List<MeshButton> buttons = Nodes.all(on.find(".rollouts-buttons", Node.class), MeshButton.class);
                    assertThat(buttons).filteredOn(Node::isVisible).hasSize(3).allSatisfy(button -> {
                        Bounds place = button.localToScene(button.getBoundsInLocal());
                        assertThat(place.getMinX()).isNotNegative();
                        assertThat(place.getMaxX()).isLessThanOrEqualTo(scene.getWidth());
                        assertThat(place.getMaxY()).isLessThanOrEqualTo(scene.getHeight());
                        assertThat(button.getWidth()).isGreaterThanOrEqualTo(button.prefWidth(-1) - 1);
                    });
                }
            }
        });
    }

    private static ScreenBench shown(Locale locale, double width) {
        ScreenBench on = new ScreenBench(locale);
        RolloutSketch.of(on.mesh);
        on.show(RolloutsScreen::new);
        on.scene(width, 800, Theme.DARK);
        on.mesh.deliver(SnapshotFixtures.canary());
        on.layout();
        return on;
    }
}
