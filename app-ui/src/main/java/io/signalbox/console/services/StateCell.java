package io.signalbox.console.services;

import io.signalbox.console.format.Formats;
import io.signalbox.console.text.Texts;
import io.signalbox.console.widget.Lamp;
import io.signalbox.console.widget.LampState;
import io.signalbox.mesh.model.status.BreakerStatus;
import io.signalbox.mesh.model.status.EjectionStatus;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import javafx.scene.control.TableCell;
import javafx.scene.control.Tooltip;
import org.jspecify.annotations.Nullable;

/** An instance's state as a lamp and a word, and for how long how many of its callers leave it out. */
final class StateCell extends TableCell<InstanceRow, Standing> {

    private final Texts texts;
    private final Formats formats;
    private final Lamp lamp = new Lamp(LampState.DISABLED);

    StateCell(Texts texts, Formats formats) {
        this.texts = texts;
        this.formats = formats;
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
            case DEGRADED, EJECTED -> LampState.HALF_OPEN;
            case HEALTHY -> LampState.CLOSED;
        };
    }

    @Override
    protected void updateItem(@Nullable Standing standing, boolean empty) {
        super.updateItem(standing, empty);
        if (empty || standing == null) {
            setText("");
            setGraphic(null);
            setTooltip(null);
            return;
        }
        lamp.setState(lamp(standing.state()));
        setGraphic(lamp);
        List<BreakerStatus> ejecting = standing.ejecting();
        setText(
                standing.state() == InstanceState.EJECTED
                        ? texts.get(
                                "services.ejected",
                                formats.count(ejecting.size()),
                                formats.count(standing.callers().size()),
                                formats.countdown(standing.left()))
                        : word(texts, standing.state()));
        String who = ejecting.stream().map(this::who).collect(Collectors.joining("\n"));
        setTooltip(who.isEmpty() ? null : new Tooltip(who));
    }

    private String who(BreakerStatus caller) {
        EjectionStatus ejection = Objects.requireNonNull(caller.ejection());
        return texts.get(
                "services.ejected.who", caller.sourceInstance(), formats.clock(ejection.until()), ejection.why());
    }
}
