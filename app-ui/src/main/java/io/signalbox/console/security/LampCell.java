package io.signalbox.console.security;

import io.signalbox.console.widget.Lamp;
import io.signalbox.console.widget.LampState;
import java.util.function.Function;
import javafx.scene.control.TableCell;
import org.jspecify.annotations.Nullable;

/**
 * A state as a lamp and a word.
 *
 * @param <R> the rows
 * @param <V> what has the state
 */
final class LampCell<R, V> extends TableCell<R, V> {

    private final Lamp lamp = new Lamp(LampState.DISABLED);
    private final Function<V, LampState> state;
    private final Function<V, String> word;

    LampCell(Function<V, LampState> state, Function<V, String> word) {
        this.state = state;
        this.word = word;
    }

    @Override
    protected void updateItem(@Nullable V value, boolean empty) {
        super.updateItem(value, empty);
        if (empty || value == null) {
            setText("");
            setGraphic(null);
            return;
        }
        lamp.setState(state.apply(value));
        setText(word.apply(value));
        setGraphic(lamp);
    }
}
