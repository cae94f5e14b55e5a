package io.signalbox.console.rollouts;

import io.signalbox.console.screen.Page;
import io.signalbox.console.screen.Workbench;
import io.signalbox.console.shell.ScreenId;
import io.signalbox.console.widget.MeshButton;
import io.signalbox.mesh.model.status.RolloutStatus;
import java.util.Objects;
import java.util.Optional;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ListView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import org.jspecify.annotations.Nullable;

/** The list of rollouts, and beside it the chosen one. */
final class RolloutsView {

    private static final double ROOM = 56;

    private final RolloutsViewModel model;
    private final Workbench bench;
    private final ListView<RolloutRow> list;
    private final ComboBox<RolloutRow> chooser;
    private final RolloutPane pane;
    private final MeshButton start;
    private final Page page;
    private boolean selecting;

    RolloutsView(RolloutsViewModel model, Workbench bench) {
        this.model = model;
        this.bench = bench;
        list = new ListView<>(model.rows());
        list.setId("rollouts");
        list.getStyleClass().addAll("rollouts-list", "mesh-list");
        list.setAccessibleText(bench.texts().get(ScreenId.ROLLOUTS.titleKey()));
        list.setCellFactory(of -> new RolloutCell(bench));
        chooser = new ComboBox<>(model.rows());
        chooser.setId("rollouts-chooser");
        chooser.getStyleClass().add("rollouts-chooser");
        chooser.setAccessibleText(bench.texts().get("rollouts.choose"));
        chooser.setCellFactory(of -> new RolloutCell(bench));
        chooser.setButtonCell(new RolloutCell(bench));
        pane = new RolloutPane(model, bench);
        HBox.setHgrow(pane, Priority.ALWAYS);
        HBox content = new HBox(list, pane);
        content.getStyleClass().add("rollouts");
        start = new MeshButton(MeshButton.Kind.PRIMARY, bench.texts().get("rollouts.start"), "fth-play")
                .onPress(this::start);
        page = new Page(bench, ScreenId.ROLLOUTS, content).with(chooser, start);
        page.getStylesheets().add(sheet());
        list.getSelectionModel().selectedItemProperty().subscribe(this::choose);
        chooser.valueProperty().subscribe(this::choose);
        page.widthProperty().subscribe(width -> fold());
        page.em().subscribe(size -> fold());
        model.chosen().subscribe(this::select);
        model.taken().subscribe(count -> select(model.chosen().get()));
    }

    static String sheet() {
        return Objects.requireNonNull(RolloutsView.class.getResource("rollouts.css"))
                .toExternalForm();
    }

    Page page() {
        return page;
    }

    /** Asks what is to be started; nothing while nothing can be changed. */
    void start() {
        if (start.blockedReasonProperty().get().isEmpty()) {
            StartDialog dialog = new StartDialog(model, bench);
            dialog.getStylesheets().add(sheet());
            bench.shell().overlays().card(dialog, dialog.first());
        }
    }

    void block(String why) {
        start.blockedReasonProperty().set(why);
        pane.block(why);
    }

    void refresh() {
        pane.refresh();
    }

    void leave() {
        pane.leave();
    }

    /** The list becomes a field above where a window has no room for it. */
    private void fold() {
        boolean narrow = page.getWidth() < ROOM * page.em().getValue();
        chooser.setVisible(narrow);
        chooser.setManaged(narrow);
        list.setVisible(!narrow);
        list.setManaged(!narrow);
    }

    private void choose(@Nullable RolloutRow row) {
        if (!selecting && row != null) {
            model.choose(RolloutRow.key(row.current()));
        }
    }

    private void select(Optional<RolloutStatus> chosen) {
        selecting = true;
        chosen.map(RolloutRow::key)
                .flatMap(key -> model.rows().stream()
                        .filter(row -> RolloutRow.key(row.current()).equals(key))
                        .findFirst())
                .ifPresent(row -> {
                    list.getSelectionModel().select(row);
                    chooser.setValue(row);
                });
        selecting = false;
    }
}
