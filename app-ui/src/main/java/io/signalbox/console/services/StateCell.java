package io.signalbox.console.services;

import io.signalbox.console.text.Texts;
import io.signalbox.console.widget.Lamp;
import io.signalbox.console.widget.LampState;
import java.util.Locale;
import javafx.scene.control.TableCell;
import org.jspecify.annotations.Nullable;

/** An instance's state as a lamp and a word. */
final class StateCell extends TableCell<InstanceRow, InstanceState> {

    private final Texts texts;
    private final Lamp lamp = new Lamp(LampState.DISABLED);

    StateCell(Texts texts) {
        this.texts = texts;
        getStyleClass().add("services-state");
    }

    static String word(Texts texts, InstanceState state) {
        return texts.get("services.state." + state.name().toLowerCase(Locale.ROOT));
    }

    private static LampState lamp(InstanceState state) {
        return switch (state) {
            case STOPPED, IDLE -> LampState.DISABLED;
            case UNHEALTHY, FAILING -> LampState.OPEN;
            case DRAINED -> LampState.FORCED;
            case DEGRADED -> LampState.HALF_OPEN;
            case HEALTHY -> LampState.CLOSED;
        };
    }

    @Override
    protected void updateItem(@Nullable InstanceState state, boolean empty) {
        super.updateItem(state, empty);
        if (empty || state == null) {
            setText("");
            setGraphic(null);
        } else {
            lamp.setState(lamp(state));
            setText(word(texts, state));
            setGraphic(lamp);
        }
    }
}
