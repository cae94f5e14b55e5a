package io.signalbox.console.services;

import io.signalbox.console.text.Texts;
import io.signalbox.console.widget.LampState;
import io.signalbox.console.widget.Tag;
import java.util.List;
import java.util.function.Function;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.TableCell;
import javafx.scene.control.Tooltip;
import org.jspecify.annotations.Nullable;

/** A service's name, and a badge while its policy has a fault in force. */
final class NameCell extends TableCell<InstanceRow, String> {

    private final Function<String, List<String>> faultsOf;
    private final Texts texts;
    private final Tag fault;
    private final Tooltip why = new Tooltip();

    /** @param faultsOf the names of a service's faults in force */
    NameCell(Function<String, List<String>> faultsOf, Texts texts) {
        this.faultsOf = faultsOf;
        this.texts = texts;
        fault = Tag.of(LampState.HALF_OPEN, texts.get("services.fault"));
        fault.setTooltip(why);
        setContentDisplay(ContentDisplay.RIGHT);
        getStyleClass().addAll("services-name", "mesh-semibold");
    }

    @Override
    protected void updateItem(@Nullable String service, boolean empty) {
        super.updateItem(service, empty);
        if (empty || service == null) {
            setText("");
            setGraphic(null);
            return;
        }
        setText(service);
        List<String> faults = faultsOf.apply(service);
        why.setText(texts.get("services.fault.why", String.join(", ", faults)));
        fault.setAccessibleText(why.getText());
        setGraphic(faults.isEmpty() ? null : fault);
    }
}
