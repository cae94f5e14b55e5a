package io.signalbox.console.widget;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.console.format.Formats;
import io.signalbox.console.testing.ManualScheduler;
import io.signalbox.console.text.Texts;
import io.signalbox.console.theme.Appearance;
import io.signalbox.console.theme.MemoryPreferences;
import io.signalbox.console.widget.CanarySliderModel.Applying;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init")
class CanarySliderTest {

    private final FxRobot robot = new FxRobot();
    private final ManualScheduler time = new ManualScheduler();
    private final List<Integer> sent = new ArrayList<>();
    private CanarySliderModel model;
    private CanarySlider slider;

    @Start
    void start(Stage stage) {
        model = new CanarySliderModel(Applying.LIVE, time, time, sent::add);
        model.inForceProperty().set(10);
        slider = new CanarySlider(model, Formats.of(Locale.ENGLISH, ZoneOffset.UTC), Texts.of(Locale.ENGLISH));
        slider.setName("catalog v2");
        Scene scene = new Scene(new StackPane(slider), 600, 200);
        new Appearance(new MemoryPreferences()).attach(scene);
        stage.setScene(scene);
        stage.setX(10);
        stage.setY(10);
        stage.show();
    }

    @Test
    void draggingTheThumbSendsWhatItPassesAndWhereItStops() {
        robot.drag(at(10), MouseButton.PRIMARY);
        for (int percent = 20; percent <= 70; percent += 10) {
            robot.moveTo(at(percent));
            robot.interact(() -> time.advance(Duration.ofMillis(200)));
        }
        robot.drop();
        assertThat(sent).contains(20, 50).endsWith(70);
        assertThat(model.askedProperty().get()).hasValue(70);
        robot.interact(() -> model.inForceProperty().set(70));
        assertThat(model.askedProperty().get()).isEmpty();
    }

    @Test
    void theArrowsMoveByOneAndWithShiftByTen() {
        robot.interact(slider::requestFocus);
        robot.type(KeyCode.RIGHT);
        robot.press(KeyCode.SHIFT).type(KeyCode.RIGHT).release(KeyCode.SHIFT);
        assertThat(model.askedProperty().get()).hasValue(21);
        robot.type(KeyCode.HOME);
        assertThat(model.askedProperty().get()).hasValue(0);
        robot.type(KeyCode.END);
        assertThat(model.askedProperty().get()).hasValue(100);
        robot.type(KeyCode.ENTER);
        assertThat(sent).endsWith(100);
    }

    @Test
    void escapeUndoesWhatTheKeysDid() {
        robot.interact(slider::requestFocus);
        robot.type(KeyCode.RIGHT);
        robot.type(KeyCode.ESCAPE);
        assertThat(sent).containsExactly(11, 10);
    }

    @Test
    void aBlockedSliderCannotBeMovedAndSaysWhy() {
        robot.interact(() -> slider.blockedReasonProperty().set("not connected"));
        robot.clickOn(at(80));
        robot.interact(slider::requestFocus);
        robot.type(KeyCode.RIGHT);
        assertThat(sent).isEmpty();
        assertThat(slider.getAccessibleHelp()).isEqualTo("not connected");
    }

    @Test
    void aScreenReaderHearsWhatIsInForceAndWhatIsAsked() {
        assertThat(slider.getAccessibleText()).isEqualTo("catalog v2: 10\u00a0% in force");
        robot.interact(() -> model.moveTo(40));
        assertThat(slider.getAccessibleText()).isEqualTo("catalog v2: 10\u00a0% in force, 40\u00a0% asked");
    }

    private Point2D at(int percent) {
        Bounds bounds = slider.localToScreen(slider.getBoundsInLocal());
        double track = bounds.getWidth() - 28;
        return new Point2D(bounds.getMinX() + 14 + track * percent / 100, bounds.getMinY() + 43);
    }
}
