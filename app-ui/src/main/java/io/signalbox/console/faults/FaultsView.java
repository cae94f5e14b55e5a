package io.signalbox.console.faults;

import io.signalbox.console.screen.CardGrid;
import io.signalbox.console.screen.Page;
import io.signalbox.console.screen.Workbench;
import io.signalbox.console.shell.ScreenId;
import io.signalbox.console.widget.MeshButton;
import io.signalbox.console.widget.Tag;
import io.signalbox.mesh.model.Switch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** The load's card above, and a card for each planted fault. */
final class FaultsView {

    private final FaultsViewModel model;
    private final Workbench bench;
    private final StringProperty blocked = new SimpleStringProperty(this, "blocked", "");
    private final Tag scenario = Tag.plain("");
    private final Label on = new Label();
    private final MeshButton allOff;
    private final LoadCard load;
    private final CardGrid grid = new CardGrid();
    private final Map<FaultRow, FaultCard> cards = new HashMap<>();
    private final Page page;

    FaultsView(FaultsViewModel model, Workbench bench) {
        this.model = model;
        this.bench = bench;
        load = new LoadCard(model, bench, blocked);
        Label title = new Label(bench.texts().get("faults.planted"));
        title.getStyleClass().add("mesh-h2");
        on.getStyleClass().addAll("mesh-small", "mesh-muted");
        HBox heading = new HBox(title, on);
        heading.getStyleClass().add("load-head");
        heading.setAlignment(Pos.BASELINE_LEFT);
        VBox content = new VBox(load, heading, grid);
        content.getStyleClass().add("faults-content");
        page = new Page(bench, ScreenId.FAULTS, Page.scrolling(content));
        page.getStylesheets()
                .add(Objects.requireNonNull(FaultsView.class.getResource("faults.css"))
                        .toExternalForm());
        allOff = new MeshButton(MeshButton.Kind.SECONDARY, bench.texts().get("faults.all.off"), "fth-x")
                .onPress(model::switchAllOff);
        page.with(scenario, allOff);
        grid.getStyleClass().add("faults-grid");
    }

    Page page() {
        return page;
    }

    void block(String why) {
        blocked.set(why);
        blockAllOff();
    }

    void refresh() {
        model.scenario().get().ifPresent(running -> {
            scenario.setText(bench.texts().get("faults.scenario", running.name(), Long.toString(running.seed())));
            load.update(running);
        });
        cards.entrySet().removeIf(entry -> {
            boolean gone = !model.faults().contains(entry.getKey());
            if (gone) {
                entry.getValue().close();
            }
            return gone;
        });
        List<FaultCard> wanted = model.faults().stream()
                .map(row -> cards.computeIfAbsent(row, fresh -> new FaultCard(model, fresh, bench, blocked)))
                .toList();
        grid.show(wanted);
        on.setText(bench.texts().get("faults.count", count(switchedOn()), count(wanted.size())));
        blockAllOff();
    }

    void reveal(String target) {
        cards.forEach((row, card) -> card.select(
                row.name().equals(target) || row.status().get().service().equals(target)));
    }

    private void blockAllOff() {
        allOff.blockedReasonProperty()
                .set(
                        !blocked.get().isEmpty()
                                ? blocked.get()
                                : switchedOn() == 0 ? bench.texts().get("faults.all.off.none") : "");
    }

    private long switchedOn() {
        return model.faults().stream()
                .filter(row -> row.status().get().position() == Switch.ON)
                .count();
    }

    private String count(long number) {
        return bench.formats().count(number);
    }
}
