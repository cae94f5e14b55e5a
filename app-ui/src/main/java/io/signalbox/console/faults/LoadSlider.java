package io.signalbox.console.faults;

import atlantafx.base.controls.ProgressSliderSkin;
import java.util.function.DoubleConsumer;
import javafx.scene.control.Slider;
import javafx.scene.input.KeyEvent;

/** A lever for a rate that tells each move of a person, and none that follows the mesh. */
final class LoadSlider extends Slider {

    private final DoubleConsumer moved;
    private boolean following;

    LoadSlider(DoubleConsumer moved) {
        this.moved = moved;
        getStyleClass().add("load-slider");
        setSkin(new ProgressSliderSkin(this));
        valueProperty().subscribe((before, now) -> {
            double rate = Math.rint(now.doubleValue());
            if (!following && rate != Math.rint(before.doubleValue())) {
                this.moved.accept(rate);
            }
        });
        addEventFilter(KeyEvent.KEY_PRESSED, this::tenfold);
    }

    /** Stands where the mesh is, without telling. */
    void follow(double rate, double most) {
        following = true;
        try {
            setMax(Math.max(1, most));
            setBlockIncrement(getMax() / 100);
            setMajorTickUnit(getMax() / 4);
            if (!isValueChanging()) {
                setValue(rate);
            }
        } finally {
            following = false;
        }
    }

    private void tenfold(KeyEvent event) {
        if (event.isShiftDown()) {
            double step = getMax() / 10;
            switch (event.getCode()) {
                case LEFT, DOWN -> setValue(Math.max(getMin(), getValue() - step));
                case RIGHT, UP -> setValue(Math.min(getMax(), getValue() + step));
                default -> {
                    return;
                }
            }
            event.consume();
        }
    }
}
