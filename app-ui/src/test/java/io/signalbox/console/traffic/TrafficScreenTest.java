package io.signalbox.console.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.console.fixture.SnapshotFixtures;
import io.signalbox.console.screen.Nodes;
import io.signalbox.console.screen.ScreenBench;
import io.signalbox.console.screen.ShopStory;
import io.signalbox.console.testing.Fx;
import io.signalbox.console.theme.Theme;
import io.signalbox.console.widget.CanarySlider;
import java.time.Duration;
import java.util.Locale;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.input.Clipboard;
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
class TrafficScreenTest {

    private final FxRobot robot = new FxRobot();
    private ScreenBench on;

    @Start
    void start(Stage stage) {
        on = new ScreenBench(Locale.ENGLISH);
        on.show(TrafficScreen::new);
        stage.setScene(on.scene(960, 900, Theme.DARK));
        stage.setX(10);
        stage.setY(10);
        stage.show();
        on.mesh.deliver(ShopStory.lived(SnapshotFixtures.canary()));
    }

    @Test
    void draggingTheLeverAsksForTheWeightsThatItPasses() {
        robot.drag(at(30), MouseButton.PRIMARY);
        for (int percent = 40; percent <= 60; percent += 10) {
            robot.moveTo(at(percent));
            robot.interact(() -> on.time.advance(Duration.ofMillis(200)));
        }
        robot.drop();
        assertThat(on.mesh.asked())
                .contains("weights catalog {v2=40 %} by console")
                .endsWith("weights catalog {v2=60 %} by console");
        robot.interact(() -> assertThat(on.words()).contains("123\u00a0req/s move"));
    }

    @Test
    void theArrowsMoveTheLeverToo() {
        robot.interact(slider()::requestFocus);
        robot.type(KeyCode.RIGHT);
        robot.interact(() -> on.time.advance(Duration.ofMillis(200)));
        assertThat(on.mesh.asked()).containsExactly("weights catalog {v2=31 %} by console");
    }

    @Test
    void rollingBackSaysWhatMovesFirst() {
        Fx.run(() -> {
            on.press("Roll back…");
            assertThat(on.words())
                    .contains("Roll catalog back to v1?")
                    .anyMatch(words -> words.contains("123\u00a0req/s move to v1"));
            on.press("Roll back");
            assertThat(on.mesh.asked()).containsExactly("weights catalog {v2=0 %} by console");
        });
    }

    @Test
    void promotingAndTheQuickButtonsSetTheShare() {
        Fx.run(() -> {
            on.press("Promote…");
            on.press("Promote");
            on.press("Set 50\u00a0%");
            assertThat(on.mesh.asked())
                    .containsExactly("weights catalog {v2=100 %} by console", "weights catalog {v2=50 %} by console");
        });
    }

    @Test
    void theSameCommandCanBeCopiedForATerminal() {
        Fx.run(() -> {
            on.press("Copy as CLI");
            assertThat(Clipboard.getSystemClipboard().getString()).isEqualTo("signalbox canary weight catalog v2=30");
        });
    }

    @Test
    void aServiceWithoutACandidateHasALineForEachVersion() {
        Fx.run(() -> assertThat(Nodes.all(on.root(), CanarySlider.class))
                .extracting(CanarySlider::getId)
                .containsExactly("lever-catalog-v2", "lever-reviews-v1", "lever-reviews-v2", "lever-reviews-v3"));
    }

    @Test
    void whatTheMeshRefusesIsSaidOnTheCardAndTheLeverGoesBack() {
        Fx.run(() -> {
            on.mesh.refuseWith(new io.signalbox.mesh.client.MeshException(
                    io.signalbox.mesh.client.MeshException.Kind.INVALID, "v2: no endpoint (expected: at least one)"));
            on.press("Set 50\u00a0%");
            assertThat(on.words()).anyMatch(words -> words.contains("v2: no endpoint (expected: at least one)"));
        });
    }

    @Test
    void everyControlHasANameForAScreenReader() {
        Fx.run(() -> assertThat(Nodes.nameless(on.root())).isEmpty());
    }

    private CanarySlider slider() {
        return Fx.call(() -> on.find("#lever-catalog-v2", CanarySlider.class));
    }

    private Point2D at(int percent) {
        CanarySlider slider = slider();
        Bounds bounds = slider.localToScreen(slider.getBoundsInLocal());
        double track = bounds.getWidth() - 28;
        return new Point2D(bounds.getMinX() + 14 + track * percent / 100, bounds.getMinY() + 43);
    }
}
