package io.signalbox.console.widget;

import io.signalbox.console.theme.Motion;
import io.signalbox.console.theme.Token;
import javafx.animation.FadeTransition;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.canvas.GraphicsContext;

/**
 * A state as a lamp: a shape and a colour, never without a word near it.
 *
 * <p>Wears the pseudo-class of its state. Its size comes from its style class: {@code mesh-lamp} alone is 11 px,
 * {@code mesh-lamp-tile} 14, {@code mesh-lamp-sheet} 19.
 */
public final class Lamp extends ThemedCanvas {

    private final ObjectProperty<LampState> state = new SimpleObjectProperty<>(this, "state");

    public Lamp(LampState initial) {
        state.set(initial);
        getStyleClass().add("mesh-lamp");
        pseudoClassStateChanged(initial.pseudoClass(), true);
        state.subscribe(this::changed);
    }

    public ObjectProperty<LampState> stateProperty() {
        return state;
    }

    public LampState getState() {
        return state.get();
    }

    public void setState(LampState now) {
        state.set(now);
    }

    private void changed(LampState before, LampState now) {
        pseudoClassStateChanged(before.pseudoClass(), false);
        pseudoClassStateChanged(now.pseudoClass(), true);
        repaint();
        if (Motion.isSeen(this)) {
            FadeTransition fade = new FadeTransition(Motion.duration(this, 200), this);
            fade.setFromValue(0.25);
            fade.setToValue(1);
            fade.play();
        }
    }

    @Override
    protected void paint(GraphicsContext g, double width, double height) {
        double size = Math.min(width, height);
        LampPainter.paint(g, palette(), state.get(), width / 2, height / 2, size);
        if (lampOutline() > 0) {
            LampPainter.outline(g, state.get(), palette().get(Token.FG), width / 2, height / 2, size, lampOutline());
        }
    }
}
