package io.signalbox.console.traffic;

import io.signalbox.console.screen.MeshScreen;
import io.signalbox.console.screen.Workbench;
import io.signalbox.console.shell.ScreenId;
import io.signalbox.console.widget.Action;
import io.signalbox.console.widget.ViewState;
import io.signalbox.mesh.model.status.MeshSnapshot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javafx.collections.ListChangeListener;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.VBox;

/** The traffic screen: a card for each service whose traffic is divided. */
public final class TrafficScreen extends MeshScreen {

    private final TrafficViewModel model;
    private final VBox cards;
    private final Map<SplitRow, SplitCard> byRow = new HashMap<>();

    public TrafficScreen(Workbench bench) {
        this(bench, new VBox());
    }

    private TrafficScreen(Workbench bench, VBox cards) {
        super(ScreenId.TRAFFIC, bench, content(bench, cards));
        this.cards = cards;
        model = new TrafficViewModel(bench.commands(), bench.operator());
        cards.getStyleClass().add("traffic-cards");
        model.rows().addListener((ListChangeListener<SplitRow>) change -> rebuild());
    }

    private static ScrollPane content(Workbench bench, VBox cards) {
        Label title = new Label(bench.texts().get("screen.traffic"));
        title.getStyleClass().add("mesh-h1");
        VBox page = new VBox(title, cards);
        page.getStyleClass().addAll("mesh-screen", "traffic-page");
        ScrollPane scroll = new ScrollPane(page);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.getStylesheets()
                .add(Objects.requireNonNull(TrafficScreen.class.getResource("traffic.css")).toExternalForm());
        return scroll;
    }

    @Override
    protected void update(MeshSnapshot snapshot) {
        model.update(snapshot);
    }

    @Override
    protected ViewState state(MeshSnapshot snapshot) {
        return snapshot.splits().isEmpty()
                ? new ViewState.Empty(
                        bench().texts().get("traffic.empty"),
                        bench().texts().get("traffic.empty.why"),
                        List.of(new Action(
                                bench().texts().get("traffic.empty.action"),
                                () -> bench().shell().open(ScreenId.SERVICES))))
                : new ViewState.Ready();
    }

    private void rebuild() {
        byRow.entrySet().removeIf(entry -> {
            boolean gone = !model.rows().contains(entry.getKey());
            if (gone) {
                entry.getValue().close();
            }
            return gone;
        });
        cards.getChildren()
                .setAll(model.rows().stream()
                        .map(row -> byRow.computeIfAbsent(row, fresh -> new SplitCard(fresh, bench())))
                        .toList());
    }
}
