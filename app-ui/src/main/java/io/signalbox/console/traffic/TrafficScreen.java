package io.signalbox.console.traffic;

import io.signalbox.console.screen.Growing;
import io.signalbox.console.screen.MeshScreen;
import io.signalbox.console.screen.Page;
import io.signalbox.console.screen.Workbench;
import io.signalbox.console.shell.ScreenId;
import io.signalbox.console.widget.Action;
import io.signalbox.console.widget.ViewState;
import io.signalbox.mesh.model.status.MeshSnapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

/** The traffic screen: a card for each service whose traffic is divided, and one for each with faults, a mirror or limits. */
public final class TrafficScreen extends MeshScreen {

    /** Cards that are shown without being asked for more. */
    private static final int PAGE = 8;

    /** Cards that come in at once. */
    private static final int STEP = 2;

    private final TrafficViewModel model;
    private final VBox cards;
    private final VBox experiments = new VBox();
    private final ExperimentsViewModel asked;
    private final StringProperty blocked = new SimpleStringProperty(this, "blocked", "");
    private final Map<SplitRow, SplitCard> byRow = new HashMap<>();
    private final Map<String, ExperimentCard> byService = new HashMap<>();
    private final Label heading = new Label();
    private final Growing growing;
    private final Growing growingExperiments;

    public TrafficScreen(Workbench bench) {
        this(bench, new VBox());
    }

    private TrafficScreen(Workbench bench, VBox cards) {
        this(bench, cards, content(bench, cards));
    }

    private TrafficScreen(Workbench bench, VBox cards, Page page) {
        super(ScreenId.TRAFFIC, bench, page);
        this.cards = cards;
        model = new TrafficViewModel(bench.commands(), bench.operator());
        asked = new ExperimentsViewModel(bench.commands());
        growing = new Growing(PAGE, STEP, bench, this::rebuild);
        growingExperiments = new Growing(
                PAGE, STEP, bench, () -> showExperiments(asked.services().get()));
        cards.getStyleClass().add("traffic-cards");
        experiments.getStyleClass().add("traffic-cards");
        cards.getChildren().add(experiments);
        heading.setText(bench.texts().get("traffic.experiments"));
        heading.getStyleClass().add("mesh-h3");
        asked.services().subscribe(this::showExperiments);
        asked.unread().subscribe(unread -> {
            page.showUnread(unread);
            refreshState();
        });
        model.rows().addListener((ListChangeListener<SplitRow>) change -> rebuild());
    }

    private static Page content(Workbench bench, VBox cards) {
        Page page = new Page(bench, ScreenId.TRAFFIC, Page.scrolling(cards));
        page.getStylesheets()
                .add(Objects.requireNonNull(TrafficScreen.class.getResource("traffic.css"))
                        .toExternalForm());
        return page;
    }

    @Override
    protected void update(MeshSnapshot snapshot) {
        model.update(snapshot);
        asked.update(snapshot);
        byRow.values().forEach(SplitCard::refresh);
    }

    @Override
    protected void block(String why) {
        blocked.set(why);
    }

    /** Marks a service's card. */
    @Override
    public void reveal(String target) {
        byRow.forEach((row, card) -> card.select(row.service().equals(target)));
    }

    @Override
    protected ViewState state(MeshSnapshot snapshot) {
        return snapshot.splits().isEmpty()
                        && asked.services().get().isEmpty()
                        && asked.unread().get().isEmpty()
                ? new ViewState.Empty(
                        bench().texts().get("traffic.empty"),
                        bench().texts().get("traffic.empty.why"),
                        List.of(new Action(
                                bench().texts().get("traffic.empty.action"),
                                () -> bench().shell().open(ScreenId.SERVICES))))
                : new ViewState.Ready();
    }

    private void showExperiments(List<ServiceExperiments> now) {
        byService
                .keySet()
                .retainAll(now.stream().map(ServiceExperiments::service).toList());
        List<Node> all = new ArrayList<>();
        if (!now.isEmpty()) {
            all.add(heading);
        }
        for (ServiceExperiments service : now.subList(0, growingExperiments.of(now.size()))) {
            ExperimentCard card = byService.computeIfAbsent(
                    service.service(),
                    name -> new ExperimentCard(
                            service, bench(), () -> bench().shell().open(ScreenId.POLICIES, name)));
            card.update(service);
            all.add(card);
        }
        all.add(growingExperiments.bar());
        if (!all.equals(experiments.getChildren())) {
            experiments.getChildren().setAll(all);
        }
        refreshState();
    }

    private void rebuild() {
        byRow.entrySet().removeIf(entry -> {
            boolean gone = !model.rows().contains(entry.getKey());
            if (gone) {
                entry.getValue().close();
            }
            return gone;
        });
        List<Node> all = new ArrayList<>();
        model.rows().stream()
                .limit(growing.of(model.rows().size()))
                .map(row -> byRow.computeIfAbsent(row, fresh -> new SplitCard(fresh, bench(), blocked)))
                .forEach(all::add);
        all.add(growing.bar());
        all.add(experiments);
        if (!all.equals(cards.getChildren())) {
            cards.getChildren().setAll(all);
        }
    }
}
