package io.signalbox.console.rollouts;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.console.fixture.RolloutSketch;
import io.signalbox.console.fixture.SnapshotFixtures;
import io.signalbox.console.screen.Nodes;
import io.signalbox.console.screen.ScreenBench;
import io.signalbox.console.screen.ShopStory;
import io.signalbox.console.testing.Fx;
import io.signalbox.console.theme.Theme;
import io.signalbox.console.whatif.WhatIfSketch;
import io.signalbox.console.widget.CanarySlider;
import io.signalbox.console.widget.ConnectionChip;
import io.signalbox.mesh.client.MeshException;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.status.RolloutPhase;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init")
class LeverCardTest {

    private final FxRobot robot = new FxRobot();
    private Stage stage;
    private ScreenBench on;
    private int seconds;

    @Start
    void start(Stage window) {
        stage = window;
        show(ConnectionChip.Environment.DEV);
    }

    @Test
    void draggingAsksForWhatItPassesButNotForEveryPixel() {
        robot.drag(at(30), MouseButton.PRIMARY);
        for (int percent = 31; percent <= 60; percent++) {
            robot.moveTo(at(percent));
            robot.interact(() -> on.time.advance(Duration.ofMillis(10)));
        }
        robot.interact(() -> assertThat(on.words())
                .contains("123\u00a0req/s will move to v2")
                .contains("v2 goes from 30\u00a0% to 60\u00a0% of the requests."
                        + " The rollout pauses: you take the wheel."));
        robot.drop();
        assertThat(on.mesh.askedButTaps()).hasSizeBetween(2, 6).endsWith("weights catalog {v2=60 %} by console");
    }

    @Test
    void whatMovesBackIsSaidToo() {
        robot.clickOn(at(10));
        robot.interact(() -> assertThat(on.words()).contains("82\u00a0req/s will move to v1"));
    }

    @Test
    void theKeysMoveItAndEscapeUndoesThem() {
        robot.interact(() -> slider().requestFocus());
        robot.type(KeyCode.RIGHT);
        robot.press(KeyCode.SHIFT).type(KeyCode.RIGHT).release(KeyCode.SHIFT);
        robot.interact(() -> on.time.advance(Duration.ofMillis(200)));
        robot.type(KeyCode.ESCAPE);
        assertThat(on.mesh.askedButTaps())
                .containsExactly(
                        "weights catalog {v2=31 %} by console",
                        "weights catalog {v2=41 %} by console", "weights catalog {v2=30 %} by console");
    }

    @Test
    void theExactShareIsTypedAndAppliedByEnter() {
        robot.interact(() -> field().requestFocus());
        robot.write("120").type(KeyCode.ENTER);
        robot.interact(() -> assertThat(on.words()).contains("weight: 120 (expected: 0..100)"));
        assertThat(on.mesh.askedButTaps()).isEmpty();
        robot.interact(() -> field().setText("45 %"));
        robot.type(KeyCode.ENTER);
        assertThat(on.mesh.askedButTaps()).containsExactly("weights catalog {v2=45 %} by console");
    }

    @Test
    void inProdNothingIsSentBeforeItIsApplied() {
        Fx.run(() -> show(ConnectionChip.Environment.PROD));
        robot.clickOn(at(50));
        assertThat(on.mesh.askedButTaps()).isEmpty();
        robot.interact(() -> {
            assertThat(on.words()).contains("82\u00a0req/s will move to v2");
            on.press("Set 50\u00a0%");
        });
        assertThat(on.mesh.askedButTaps()).containsExactly("weights catalog {v2=50 %} by console");
    }

    @Test
    void inProdWhatItWouldDoIsAskedBeforeItIsApplied() {
        Fx.run(() -> show(ConnectionChip.Environment.PROD));
        on.mesh.requests().wouldBe(List.of(WhatIfSketch.full()));
        Fx.run(() -> assertThat(on.has("What if…")).isFalse());
        robot.clickOn(at(50));
        robot.interact(() -> {
            on.press("What if…");
            assertThat(on.mesh.requests().wondered()).containsExactly("catalog{v2=50 %}");
            assertThat(on.words()).contains("would go to v2 instead of v1");
        });
        assertThat(on.mesh.askedButTaps()).isEmpty();
        robot.clickOn(at(60));
        robot.interact(() -> assertThat(on.words()).doesNotContain("would go to v2 instead of v1"));
    }

    @Test
    void inProdEnterAppliesAndEscapeSendsNothing() {
        Fx.run(() -> show(ConnectionChip.Environment.PROD));
        robot.clickOn(at(50));
        robot.type(KeyCode.ESCAPE);
        robot.interact(() -> assertThat(on.has("Set 50\u00a0%")).isFalse());
        robot.type(KeyCode.END);
        robot.type(KeyCode.ENTER);
        assertThat(on.mesh.askedButTaps()).containsExactly("weights catalog {v2=100 %} by console");
    }

    @Test
    void inProdWhatWasNotAppliedIsForgottenWhenTheScreenIsLeft() {
        Fx.run(() -> show(ConnectionChip.Environment.PROD));
        robot.clickOn(at(50));
        robot.interact(() -> {
            on.screen().hidden();
            on.screen().shown();
            assertThat(on.has("Set 50\u00a0%")).isFalse();
        });
        assertThat(on.mesh.askedButTaps()).isEmpty();
    }

    @Test
    void whatTheMeshRefusesIsSaidAndTheShareInForceStays() {
        Fx.run(() -> on.mesh.refuseWith(
                new MeshException(MeshException.Kind.INVALID, "v2: no endpoint (expected: at least one)")));
        robot.clickOn(at(80));
        robot.interact(() -> {
            assertThat(on.words())
                    .contains("Not changed: v2: no endpoint (expected: at least one). What stood before is still in"
                            + " force.");
            assertThat(slider().getAccessibleText()).isEqualTo("catalog v2: 30\u00a0% in force");
        });
    }

    @Test
    void theSameRefusalTwiceLeavesTheShareInForceBothTimes() {
        Fx.run(() -> on.mesh.refuseWith(
                new MeshException(MeshException.Kind.INVALID, "v2: no endpoint (expected: at least one)")));
        robot.clickOn(at(80));
        robot.clickOn(at(70));
        robot.interact(() -> {
            assertThat(on.words()).anyMatch(words -> words.startsWith("Not changed: v2: no endpoint"));
            assertThat(slider().getAccessibleText()).isEqualTo("catalog v2: 30\u00a0% in force");
        });
    }

    @Test
    void theShareInForceTypedAgainIsNotSentAndFollowsTheRollout() {
        robot.interact(() -> field().requestFocus());
        robot.write("30").type(KeyCode.ENTER);
        assertThat(on.mesh.askedButTaps()).isEmpty();
        robot.interact(() -> assertThat(slider().getAccessibleText()).isEqualTo("catalog v2: 30\u00a0% in force"));
    }

    @Test
    void itIsThereWhilePausedAndGoneAfterTheEnd() {
        Fx.run(() -> {
            tell(RolloutPhase.PAUSED);
            assertThat(on.words()).contains("The share stays where it is put until the rollout is resumed.");
            tell(RolloutPhase.ROLLED_BACK);
            assertThat(Nodes.all(on.root(), CanarySlider.class))
                    .noneMatch(slider -> slider.getParent().isVisible());
        });
    }

    @Test
    void whileDisconnectedItCannotBeMoved() {
        Fx.run(() -> on.mesh.disconnect("connection refused"));
        robot.clickOn(at(80));
        assertThat(on.mesh.askedButTaps()).isEmpty();
        Fx.run(() -> assertThat(slider().getAccessibleHelp()).startsWith("Not connected"));
    }

    private void tell(RolloutPhase phase) {
        on.mesh
                .rollouts()
                .tell(RolloutSketch.at(
                        RolloutSketch.running("catalog", 3, "v2"), phase, new ChangeNote("mira", "lunch")));
        on.mesh.deliver(SnapshotFixtures.later(SnapshotFixtures.canary(), seconds += 2));
        on.layout();
    }

    private void show(ConnectionChip.Environment environment) {
        on = new ScreenBench(Locale.ENGLISH);
        on.environment = environment;
        RolloutSketch.of(on.mesh);
        on.show(RolloutsScreen::new);
        stage.setScene(on.scene(960, 900, Theme.DARK));
        stage.setX(10);
        stage.setY(10);
        stage.show();
        on.mesh.deliver(ShopStory.lived(SnapshotFixtures.canary()));
        on.layout();
    }

    private CanarySlider slider() {
        return on.find("#rollouts-lever", CanarySlider.class);
    }

    private TextField field() {
        return on.find("#rollouts-exact", TextField.class);
    }

    private Point2D at(int percent) {
        Bounds bounds = Fx.call(() -> slider().localToScreen(slider().getBoundsInLocal()));
        double track = bounds.getWidth() - 28;
        return new Point2D(bounds.getMinX() + 14 + track * percent / 100, bounds.getMinY() + 43);
    }
}
