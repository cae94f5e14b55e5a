package io.signalbox.console.widget;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.console.testing.ManualScheduler;
import io.signalbox.console.widget.CanarySliderModel.Applying;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class CanarySliderModelTest {

    private final ManualScheduler time = new ManualScheduler();
    private final List<Integer> sent = new ArrayList<>();

    @Test
    void draggingMovesTrafficAtOnce() {
        CanarySliderModel slider = slider(Applying.LIVE, 10);
        slider.press(12);
        assertThat(sent).containsExactly(12);
    }

    @Test
    void aFastDragIsSentAtMostTenTimesASecondAndItsLastValueAlways() {
        CanarySliderModel slider = slider(Applying.LIVE, 10);
        slider.press(11);
        for (int percent = 12; percent <= 60; percent++) {
            slider.drag(percent);
            time.advance(Duration.ofMillis(5));
        }
        slider.release();
        assertThat(sent).hasSizeBetween(3, 5).startsWith(11).endsWith(60);
    }

    @Test
    void aPauseInTheDragSendsTheValueItRestsOn() {
        CanarySliderModel slider = slider(Applying.LIVE, 10);
        slider.press(11);
        slider.drag(40);
        assertThat(sent).containsExactly(11);
        time.advance(CanarySliderModel.BETWEEN_SENDS);
        assertThat(sent).containsExactly(11, 40);
    }

    @Test
    void whatIsAskedStaysUntilItIsInForce() {
        CanarySliderModel slider = slider(Applying.LIVE, 10);
        slider.press(50);
        slider.release();
        assertThat(slider.askedProperty().get()).hasValue(50);
        slider.inForceProperty().set(30);
        assertThat(slider.askedProperty().get()).hasValue(50);
        slider.inForceProperty().set(50);
        assertThat(slider.askedProperty().get()).isEmpty();
    }

    @Test
    void aHeldThumbStaysAskedThoughItsWeightIsInForce() {
        CanarySliderModel slider = slider(Applying.LIVE, 10);
        slider.press(50);
        slider.inForceProperty().set(50);
        assertThat(slider.askedProperty().get()).hasValue(50);
        slider.release();
        assertThat(slider.askedProperty().get()).isEmpty();
    }

    @Test
    void escapeDuringALiveDragBringsBackTheWeightFromBefore() {
        CanarySliderModel slider = slider(Applying.LIVE, 10);
        slider.press(50);
        slider.inForceProperty().set(50);
        slider.undo();
        assertThat(sent).containsExactly(50, 10);
        assertThat(slider.draggingProperty().get()).isFalse();
        slider.inForceProperty().set(10);
        assertThat(slider.askedProperty().get()).isEmpty();
    }

    @Test
    void nothingIsSentBeforeEnterWhenSoWished() {
        CanarySliderModel slider = slider(Applying.ON_ENTER, 10);
        slider.step(1);
        slider.step(10);
        time.advance(Duration.ofSeconds(5));
        assertThat(sent).isEmpty();
        assertThat(slider.askedProperty().get()).hasValue(21);
        slider.confirm();
        assertThat(sent).containsExactly(21);
    }

    @Test
    void escapeBeforeEnterForgetsAndSendsNothing() {
        CanarySliderModel slider = slider(Applying.ON_ENTER, 10);
        slider.moveTo(100);
        slider.undo();
        assertThat(slider.askedProperty().get()).isEqualTo(OptionalInt.empty());
        assertThat(sent).isEmpty();
    }

    @Test
    void aRefusedWeightLeavesWhatIsInForce() {
        CanarySliderModel slider = slider(Applying.LIVE, 10);
        slider.press(50);
        slider.refused();
        assertThat(slider.askedProperty().get()).isEmpty();
        assertThat(slider.inForceProperty().get()).isEqualTo(10);
        assertThat(time.waiting()).isZero();
    }

    @Test
    void noWeightLeavesItsRange() {
        CanarySliderModel slider = slider(Applying.LIVE, 95);
        slider.step(10);
        assertThat(sent).containsExactly(100);
        slider.moveTo(-3);
        time.advance(CanarySliderModel.BETWEEN_SENDS);
        assertThat(sent).containsExactly(100, 0);
    }

    @Test
    void someoneElsesChangeMovesOnlyTheThumbInForce() {
        CanarySliderModel slider = slider(Applying.ON_ENTER, 10);
        slider.moveTo(40);
        slider.inForceProperty().set(20);
        assertThat(slider.askedProperty().get()).hasValue(40);
    }

    @Test
    void whatIsInForceAlreadyIsNeitherAskedNorSent() {
        for (Applying applying : Applying.values()) {
            CanarySliderModel slider = slider(applying, 20);
            slider.moveTo(20);
            slider.confirm();
            slider.press(20);
            slider.release();
            slider.inForceProperty().set(30);
            assertThat(sent).isEmpty();
            assertThat(slider.askedProperty().get()).isEmpty();
        }
    }

    @Test
    void aWishTakenBackByKeysBeforeItWasSentIsForgotten() {
        CanarySliderModel slider = slider(Applying.ON_ENTER, 20);
        slider.step(1);
        slider.step(-1);
        slider.inForceProperty().set(30);
        assertThat(slider.askedProperty().get()).isEmpty();
    }

    @Test
    void aWishTakenBackAfterItWasSentIsSentTooAndForgotten() {
        CanarySliderModel slider = slider(Applying.LIVE, 20);
        slider.step(10);
        slider.step(-10);
        time.advance(CanarySliderModel.BETWEEN_SENDS);
        assertThat(sent).containsExactly(30, 20);
        assertThat(slider.askedProperty().get()).isEmpty();
    }

    private CanarySliderModel slider(Applying applying, int inForce) {
        CanarySliderModel slider = new CanarySliderModel(applying, time, time, sent::add);
        slider.inForceProperty().set(inForce);
        return slider;
    }
}
