package io.signalbox.console.widget;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.console.testing.ManualScheduler;
import io.signalbox.console.text.Texts;
import io.signalbox.console.theme.Appearance;
import io.signalbox.console.theme.MemoryPreferences;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import javafx.scene.Scene;
import javafx.scene.control.Labeled;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init")
class OverlayHostTest {

    private static final Question ROLL_BACK = new Question(
            "Roll catalog back to v1?",
            "118 req/s move to v1 at once.",
            "Roll back",
            "fth-rotate-ccw",
            Question.Weight.DANGEROUS,
            Question.Reason.REQUIRED);

    private final FxRobot robot = new FxRobot();
    private final ManualScheduler time = new ManualScheduler();
    private final List<String> reasons = new ArrayList<>();
    private final AtomicInteger pressed = new AtomicInteger();
    private MeshButton below;
    private OverlayHost host;

    @Start
    void start(Stage stage) {
        below = new MeshButton(MeshButton.Kind.PRIMARY, "Below").onPress(pressed::incrementAndGet);
        host = new OverlayHost(new VBox(below), Texts.of(Locale.ENGLISH), time);
        Scene scene = new Scene(host, 800, 500);
        new Appearance(new MemoryPreferences()).attach(scene);
        stage.setScene(scene);
        stage.setX(10);
        stage.setY(10);
        stage.show();
    }

    @Test
    void aQuestionStartsOnTheSafeButtonAndEnterThereChangesNothing() {
        ask();
        assertThat(focusedText()).isEqualTo("Cancel");
        robot.type(KeyCode.SPACE);
        assertThat(reasons).isEmpty();
        assertThat(host.cardUpProperty().get()).isFalse();
    }

    @Test
    void nothingIsConfirmedWithoutAReason() {
        ask();
        robot.clickOn("Roll back");
        assertThat(reasons).isEmpty();
        robot.clickOn(".mesh-reason").write(" errors on tea ");
        robot.clickOn("Roll back");
        assertThat(reasons).containsExactly("errors on tea");
    }

    @Test
    void escapeLeavesAndTheFocusReturns() {
        robot.interact(below::requestFocus);
        ask();
        robot.type(KeyCode.ESCAPE);
        assertThat(host.cardUpProperty().get()).isFalse();
        assertThat(reasons).isEmpty();
        assertThat(focusedText()).isEqualTo("Below");
    }

    @Test
    void theFocusStaysInsideWhileACardIsUp() {
        ask();
        for (int i = 0; i < 6; i++) {
            robot.type(KeyCode.TAB);
            WaitForAsyncUtils.waitForFxEvents();
            assertThat(below.isFocused()).isFalse();
        }
    }

    @Test
    void aToastLetsClicksThroughBesideItAndItsActionRuns() {
        AtomicInteger undone = new AtomicInteger();
        robot.interact(() -> host.toast(Toast.of(
                LampState.CLOSED, "catalog v2 is at 50 %", "rev 32", new Action("Undo", undone::incrementAndGet))));
        robot.clickOn("Below");
        assertThat(pressed).hasValue(1);
        robot.clickOn("Undo");
        assertThat(undone).hasValue(1);
        assertThat(host.toasts().shown()).isEmpty();
    }

    @Test
    void aBusyOrBlockedButtonDoesNothingButKeepsItsFocus() {
        robot.interact(() -> below.blockedReasonProperty().set("not connected"));
        robot.clickOn("Below");
        assertThat(pressed).hasValue(0);
        assertThat(below.isFocused()).isTrue();
        assertThat(below.getTooltip().getText()).isEqualTo("not connected");
        robot.interact(() -> {
            below.blockedReasonProperty().set("");
            below.busyProperty().set(true);
        });
        robot.clickOn("Below");
        assertThat(pressed).hasValue(0);
        robot.interact(() -> below.busyProperty().set(false));
        robot.clickOn("Below");
        assertThat(pressed).hasValue(1);
    }

    @Test
    void aSkeletonAppearsOnlyAfterThreeTenthsOfASecond() {
        robot.interact(() -> {
            StateHost states = new StateHost(new VBox(), time);
            states.stateProperty().set(new ViewState.Loading("Requests"));
            assertThat(states.lookup(".mesh-skeleton")).isNull();
            time.advance(Duration.ofMillis(300));
            assertThat(states.lookup(".mesh-skeleton")).isNotNull();
            states.stateProperty().set(new ViewState.Ready());
            assertThat(states.lookup(".mesh-skeleton")).isNull();
        });
    }

    @Test
    void contentThatComesInTimeShowsNoSkeleton() {
        robot.interact(() -> {
            StateHost states = new StateHost(new VBox(), time);
            states.stateProperty().set(new ViewState.Loading("Requests"));
            states.stateProperty().set(new ViewState.Ready());
            time.advance(Duration.ofSeconds(1));
            assertThat(states.lookup(".mesh-skeleton")).isNull();
        });
    }

    private void ask() {
        robot.interact(() -> host.ask(ROLL_BACK, reasons::add));
        WaitForAsyncUtils.waitForFxEvents();
    }

    private String focusedText() {
        return ((Labeled) host.getScene().getFocusOwner()).getText();
    }
}
