package io.signalbox.console.topology.view;

import io.signalbox.console.format.Formats;
import io.signalbox.console.text.Texts;
import io.signalbox.console.topology.graph.Found;
import io.signalbox.console.topology.state.TopologyViewModel;
import io.signalbox.console.topology.state.TopologyViewModel.FindMode;
import io.signalbox.console.topology.state.TopologyViewModel.Form;
import io.signalbox.console.widget.FilterField;
import io.signalbox.console.widget.Icons;
import io.signalbox.console.widget.Segmented;
import java.util.List;
import javafx.beans.property.BooleanProperty;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.MenuButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.util.Subscription;

/** Find, graph or table, and what is shown besides. */
public final class Toolbar extends HBox {

    private static final PseudoClass INVALID = PseudoClass.getPseudoClass("invalid");

    private final TopologyViewModel viewModel;
    private final Texts texts;
    private final Formats formats;
    private final FilterField find;
    private final Segmented<FindMode> mode;
    private final Segmented<Form> form;
    private final Tooltip problemTip = new Tooltip();

    public Toolbar(TopologyViewModel viewModel, Texts texts, Formats formats) {
        this.viewModel = viewModel;
        this.texts = texts;
        this.formats = formats;
        find = new FilterField(texts.get("topology.find.prompt"));
        find.setId("topology-find");
        mode = new Segmented<>(List.of(
                Segmented.Choice.of(FindMode.FIND, texts.get("topology.find.find")),
                Segmented.Choice.of(FindMode.HIDE_OTHERS, texts.get("topology.find.hide"))));
        form = new Segmented<>(List.of(
                Segmented.Choice.of(Form.GRAPH, texts.get("topology.form.graph"), Icons.button("fth-share-2")),
                Segmented.Choice.of(Form.TABLE, texts.get("topology.form.table"), Icons.button("fth-list"))));
        form.setId("topology-form");
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        getStyleClass().add("mesh-topology-toolbar");
        setAlignment(Pos.CENTER_LEFT);
        getChildren().addAll(find, mode, space, form, showMenu());
    }

    /** Follows the view model until the answer is closed. */
    public Subscription follow() {
        find.textProperty().bindBidirectional(viewModel.findTextProperty());
        mode.valueProperty().bindBidirectional(viewModel.findModeProperty());
        form.valueProperty().bindBidirectional(viewModel.formProperty());
        return Subscription.combine(
                viewModel.foundProperty().subscribe(found -> showResult()),
                viewModel.graphProperty().subscribe(graph -> showResult()),
                viewModel.findErrorProperty().subscribe(this::showError),
                () -> {
                    find.textProperty().unbindBidirectional(viewModel.findTextProperty());
                    mode.valueProperty().unbindBidirectional(viewModel.findModeProperty());
                    form.valueProperty().unbindBidirectional(viewModel.formProperty());
                });
    }

    /** Puts the focus into the find field. */
    public void edit() {
        find.edit();
    }

    private void showResult() {
        if (!viewModel.findErrorProperty().get().isEmpty()) {
            find.setResult(texts.get("topology.find.unreadable"));
            return;
        }
        Found found = viewModel.foundProperty().get();
        int all = viewModel
                .graphProperty()
                .get()
                .map(graph -> graph.nodes().size())
                .orElse(0);
        find.setResult(
                found.active()
                        ? texts.get(
                                "topology.find.count",
                                formats.count(found.nodes().size()),
                                formats.count(all))
                        : "");
    }

    private void showError(String problem) {
        find.pseudoClassStateChanged(INVALID, !problem.isEmpty());
        if (problem.isEmpty()) {
            Tooltip.uninstall(find, problemTip);
        } else {
            problemTip.setText(problem);
            Tooltip.install(find, problemTip);
        }
        find.setAccessibleHelp(problem);
        showResult();
    }

    private MenuButton showMenu() {
        MenuButton show = new MenuButton(texts.get("topology.show"), Icons.button("fth-eye"));
        show.getStyleClass().addAll("mesh-button", "mesh-focusable", "mesh-secondary");
        show.getItems()
                .addAll(
                        item("topology.show.breakers", viewModel.showBreakersProperty()),
                        item("topology.show.labels", viewModel.showLabelsProperty()),
                        item("topology.show.idle", viewModel.showIdleEdgesProperty()));
        return show;
    }

    private CheckMenuItem item(String key, BooleanProperty shown) {
        CheckMenuItem item = new CheckMenuItem(texts.get(key));
        item.selectedProperty().bindBidirectional(shown);
        return item;
    }
}
