package io.signalbox.console.widget;

import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.text.TextAlignment;

/** What stands in the middle of a pane that cannot show its content: a drawing, what, why, and the next step. */
final class StatePane extends VBox {

    private StatePane(Node drawing, String title) {
        getStyleClass().add("mesh-state-pane");
        setAlignment(Pos.CENTER);
        Label heading = new Label(title);
        heading.getStyleClass().add("mesh-h2");
        heading.setWrapText(true);
        getChildren().addAll(drawing, heading);
    }

    static StatePane empty(ViewState.Empty state) {
        StatePane pane = new StatePane(TrackDrawing.withSignal(LampState.DISABLED), state.title());
        pane.sentence(state.why());
        pane.actions(state.actions());
        return pane;
    }

    static StatePane failed(ViewState.Failed state) {
        StatePane pane = new StatePane(TrackDrawing.withSignal(LampState.OPEN), state.title());
        pane.sentence(state.why());
        pane.actions(state.actions());
        pane.detail(state.detail());
        return pane;
    }

    static StatePane nothingMatches(ViewState.NothingMatches state) {
        StackPane frame = new StackPane(Icons.large("fth-filter"));
        frame.getStyleClass().add("mesh-icon-frame");
        StatePane pane = new StatePane(frame, state.title());
        Label filter = new Label(state.filter());
        filter.getStyleClass().add("mesh-mono");
        Label hidden = new Label(state.hidden());
        hidden.getStyleClass().add("mesh-muted");
        HBox sentence = new HBox(filter, hidden);
        sentence.getStyleClass().add("mesh-sentence");
        sentence.setAlignment(Pos.CENTER);
        pane.getChildren().add(sentence);
        pane.actions(state.actions());
        return pane;
    }

    static StatePane crashed(ViewState.Crashed state) {
        StatePane pane = new StatePane(TrackDrawing.broken(), state.title());
        pane.sentence(state.why());
        pane.actions(state.actions());
        pane.detail(state.detail());
        return pane;
    }

    private void sentence(String text) {
        Label label = new Label(text);
        label.getStyleClass().addAll("mesh-muted", "mesh-state-sentence");
        label.setWrapText(true);
        label.setAlignment(Pos.CENTER);
        label.setTextAlignment(TextAlignment.CENTER);
        getChildren().add(label);
    }

    private void actions(List<Action> actions) {
        if (actions.isEmpty()) {
            return;
        }
        HBox buttons = new HBox();
        buttons.getStyleClass().add("mesh-buttons");
        buttons.setAlignment(Pos.CENTER);
        for (Action action : actions) {
            MeshButton.Kind kind =
                    action.equals(actions.getFirst()) ? MeshButton.Kind.PRIMARY : MeshButton.Kind.SECONDARY;
            buttons.getChildren().add(new MeshButton(kind, action.label()).onPress(action.run()));
        }
        getChildren().add(buttons);
    }

    private void detail(String text) {
        if (!text.isEmpty()) {
            Label label = new Label(text);
            label.getStyleClass().addAll("mesh-mono", "mesh-small", "mesh-subtle");
            label.setWrapText(true);
            label.setAlignment(Pos.CENTER);
            label.setTextAlignment(TextAlignment.CENTER);
            getChildren().add(label);
        }
    }
}
