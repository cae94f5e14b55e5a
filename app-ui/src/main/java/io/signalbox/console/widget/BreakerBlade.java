package io.signalbox.console.widget;

import io.signalbox.console.theme.Motion;
import javafx.animation.Interpolator;
import javafx.animation.KeyFrame;
import javafx.animation.KeyValue;
import javafx.animation.Timeline;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.scene.shape.StrokeLineCap;

/**
 * A circuit as a line with a blade between two pivots: down while it is closed, lifted while it is open, half way on
 * trial, lifted with a lock when held open, dashed when there is none.
 */
public final class BreakerBlade extends ThemedCanvas {

    private final ObjectProperty<LampState> state = new SimpleObjectProperty<>(this, "state");
    private final DoubleProperty lift = new SimpleDoubleProperty(this, "lift");
    private Timeline movement = new Timeline();

    public BreakerBlade(LampState initial) {
        state.set(initial);
        lift.set(liftOf(initial));
        getStyleClass().add("mesh-blade");
        lift.addListener(changed -> repaint());
        state.subscribe((before, now) -> moveTo(now));
    }

    /** The circuit's state; a change moves the blade in 180 ms. */
    public ObjectProperty<LampState> stateProperty() {
        return state;
    }

    private void moveTo(LampState now) {
        movement.stop();
        if (Motion.isSeen(this)) {
            movement = new Timeline(
                    new KeyFrame(Motion.duration(this, 180), new KeyValue(lift, liftOf(now), Interpolator.EASE_BOTH)));
            movement.play();
        } else {
            lift.set(liftOf(now));
        }
        repaint();
    }

    /** Degrees above the line. */
    private static double liftOf(LampState state) {
        return switch (state) {
            case CLOSED, DISABLED, INFO -> 0;
            case HALF_OPEN -> 16;
            case OPEN -> 40;
            case FORCED -> 50;
        };
    }

    @Override
    protected void paint(GraphicsContext g, double width, double height) {
        Color color = palette().get(state.get().fill());
        double line = px(1.6);
        double pivot = px(2.8);
        double y = height - pivot - line;
        double left = width * 0.34;
        double right = width * 0.66;
        g.setStroke(color);
        g.setLineWidth(line);
        g.setLineCap(StrokeLineCap.ROUND);
        if (state.get() == LampState.DISABLED) {
            g.setLineCap(StrokeLineCap.BUTT);
            g.setLineDashes(px(3), px(2.5));
        }
        g.strokeLine(line, y, left - pivot, y);
        g.strokeLine(right + pivot, y, width - line, y);
        double angle = Math.toRadians(lift.get());
        double blade = right - left - 2 * pivot;
        double startX = left + Math.cos(angle) * pivot;
        double startY = y - Math.sin(angle) * pivot;
        double endX = startX + Math.cos(angle) * blade;
        double endY = startY - Math.sin(angle) * blade;
        g.strokeLine(startX, startY, endX, endY);
        g.setLineDashes();
        g.strokeOval(left - pivot, y - pivot, pivot * 2, pivot * 2);
        g.strokeOval(right - pivot, y - pivot, pivot * 2, pivot * 2);
        if (state.get() == LampState.FORCED) {
            double lock = px(5);
            g.strokeRect(endX - lock / 2 + px(1), endY - lock - px(0.5), lock, lock);
        }
    }
}
