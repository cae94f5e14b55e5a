package io.signalbox.console.services;

import io.signalbox.console.format.Formats;
import io.signalbox.console.screen.EjectionReasons;
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
    private final Tooltip tooltip = new Tooltip();

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
        setText(words(standing, ejecting));
        String who = ejecting.stream().map(this::who).collect(Collectors.joining("\n"));
        tooltip.setText(who);
        setTooltip(who.isEmpty() ? null : tooltip);
    }

    private String words(Standing standing, List<BreakerStatus> ejecting) {
        String word = word(texts, standing.state());
        if (ejecting.isEmpty()) {
            return word;
        }
        String some = formats.count(ejecting.size());
        String all = formats.count(standing.callers().size());
        return standing.state() == InstanceState.EJECTED
                ? texts.get("services.ejected", some, all, formats.countdown(standing.left()))
                : texts.get("services.ejected.too", word, some, all);
    }

    private String who(BreakerStatus caller) {
        EjectionStatus ejection = Objects.requireNonNull(caller.ejection());
        return texts.get(
                "services.ejected.who",
                caller.sourceInstance(),
                formats.clock(ejection.until()),
                EjectionReasons.of(ejection, texts));
    }
}
