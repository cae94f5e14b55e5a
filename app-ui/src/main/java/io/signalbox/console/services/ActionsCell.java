package io.signalbox.console.services;

import io.signalbox.console.screen.Workbench;
import io.signalbox.console.widget.MeshButton;
import io.signalbox.mesh.model.Switch;
import io.signalbox.mesh.model.status.InstanceStatus;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.control.TableCell;
import javafx.scene.layout.HBox;
import org.jspecify.annotations.Nullable;

/** What can be done to one instance, as buttons in its row. */
final class ActionsCell extends TableCell<InstanceRow, InstanceStatus> {

    private final Workbench bench;
    private final MeshButton drain;
    private final MeshButton process;
    private final HBox buttons;
    private boolean drained;
    private boolean stopped;

    ActionsCell(Workbench bench, InstanceActions actions, ObservableValue<String> blocked) {
        this.bench = bench;
        drain = new MeshButton(MeshButton.Kind.QUIET, "")
                .small()
                .onPress(() -> actions.drain(getTableRow().getItem(), drained ? Switch.OFF : Switch.ON));
        process = new MeshButton(MeshButton.Kind.QUIET, "")
                .small()
                .onPress(() -> actions.process(getTableRow().getItem(), stopped ? Switch.ON : Switch.OFF));
        drain.blockedReasonProperty().bind(blocked);
        process.blockedReasonProperty().bind(blocked);
        buttons = new HBox(drain, process);
        buttons.setAlignment(Pos.CENTER_LEFT);
        getStyleClass().add("services-actions");
    }

    @Override
    protected void updateItem(@Nullable InstanceStatus status, boolean empty) {
        super.updateItem(status, empty);
        if (empty || status == null) {
            setGraphic(null);
            return;
        }
        drained = status.serving() == InstanceStatus.Serving.DRAINING;
        stopped = status.running() == InstanceStatus.RunState.STOPPED;
        String id = status.instance().instanceId();
        drain.setText(bench.texts().get(drained ? "services.back" : "services.drain"));
        drain.setAccessibleText(bench.texts().get("services.action.of", drain.getText(), id));
        boolean managed = status.running() != InstanceStatus.RunState.NOT_MANAGED;
        process.setVisible(managed);
        process.setManaged(managed);
        process.setText(bench.texts().get(stopped ? "services.start" : "services.stop"));
        process.setAccessibleText(bench.texts().get("services.action.of", process.getText(), id));
        setGraphic(buttons);
    }
}
