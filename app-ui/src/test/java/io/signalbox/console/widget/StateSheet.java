package io.signalbox.console.widget;

import java.util.List;
import javafx.geometry.Insets;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Region;

/** Every reason for which a pane has no content, laid out like the design's picture. */
final class StateSheet extends GridPane {

    StateSheet() {
        setPadding(new Insets(24));
        setHgap(24);
        setVgap(24);
        Action first = new Action("Start a rollout of catalog", () -> {});
        Action second = new Action("Why a rollout?", () -> {});
        add(
                host(new ViewState.Empty(
                        "No rollout yet",
                        "A rollout moves shoppers to a new version step by step, and"
                                + " holds when it cannot tell. catalog already runs v1 and v2.",
                        List.of(first, second))),
                0,
                0);
        add(host(new ViewState.Progress("Requests", "Loading recorded requests, 12,400 of 41,000", 0.3, first)), 1, 0);
        add(
                host(new ViewState.Failed(
                        "The weight was not changed",
                        "The control plane answered 412: someone changed" + " catalog to rev 32. Still in force: 30 %.",
                        "if-match: \"31\" (expected: \"32\")",
                        List.of(first))),
                2,
                0);
        add(
                host(new ViewState.NothingMatches(
                        "Nothing matches", "err>1% name:crat", "hides all 13.", List.of(first))),
                0,
                1);
        add(
                host(new ViewState.Crashed(
                        "This screen stopped",
                        "The rest of the console runs on, and the mesh is not" + " touched.",
                        "NullPointerException, RolloutViewModel:142",
                        List.of(first, second))),
                1,
                1);
    }

    private static StateHost host(ViewState state) {
        StateHost host = new StateHost(new Region(), new FxScheduler());
        host.stateProperty().set(state);
        host.getStyleClass().add("mesh-card");
        host.setPrefSize(440, 400);
        return host;
    }
}
