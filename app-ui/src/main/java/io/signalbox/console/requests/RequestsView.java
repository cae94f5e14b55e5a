package io.signalbox.console.requests;

import io.signalbox.console.screen.Page;
import io.signalbox.console.screen.Workbench;
import io.signalbox.console.shell.ScreenId;
import io.signalbox.console.widget.FieldError;
import io.signalbox.console.widget.FilterField;
import io.signalbox.console.widget.Icons;
import io.signalbox.console.widget.Lamp;
import io.signalbox.console.widget.LampState;
import io.signalbox.console.widget.MeshButton;
import io.signalbox.console.widget.Tag;
import io.signalbox.mesh.explain.RequestLine;
import io.signalbox.mesh.model.InvalidValueException;
import java.util.Objects;
import java.util.Set;
import javafx.geometry.Pos;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Label;
import javafx.scene.control.TableRow;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** The screen's nodes: filter and pause above, the list, and beside it the walk of the request that was chosen. */
final class RequestsView {

    private final RequestsViewModel model;
    private final WalkViewModel walk;
    private final Workbench bench;
    private final RequestWords words;
    private final Page page;
    private final FilterField filter;
    private final FieldError problem;
    private final RequestTable table;
    private final WalkPane pane;
    private final MeshButton pause;
    private final MeshButton newer = new MeshButton(MeshButton.Kind.PRIMARY, "", "fth-arrow-up");
    private final Lamp lamp = new Lamp(LampState.CLOSED);
    private final Label live = new Label();
    private final Tag missed = Tag.of(LampState.HALF_OPEN, "");
    private final Tag untold = Tag.of(LampState.HALF_OPEN, "");

    RequestsView(RequestsViewModel model, WalkViewModel walk, Workbench bench) {
        this.model = model;
        this.walk = walk;
        this.bench = bench;
        words = new RequestWords(bench.texts(), bench.formats());
        pane = new WalkPane(walk, bench, words);
        VBox list = new VBox(stand());
        list.getStyleClass().add("requests-list");
        ListBesideWalk content = new ListBesideWalk(list, pane);
        page = new Page(bench, ScreenId.REQUESTS, content);
        page.getStylesheets()
                .add(Objects.requireNonNull(RequestsView.class.getResource("requests.css"))
                        .toExternalForm());
        page.em().subscribe(content::setEm);
        table = new RequestTable(model.rows(), bench, words, page.em());
        list.getChildren().add(table);
        VBox.setVgrow(table, Priority.ALWAYS);
        filter = new FilterField(words.text("requests.filter"));
        filter.getStyleClass().add("requests-filter");
        Tooltip.install(filter, new Tooltip(words.text("requests.filter.help")));
        filter.textProperty().bindBidirectional(model.filter());
        problem = filter.errorLine();
        problem.getStyleClass().add("requests-problem");
        pause = new MeshButton(MeshButton.Kind.SECONDARY, "", "fth-pause");
        pause.getStyleClass().add("requests-pause");
        pause.onPress(this::togglePause);
        page.with(filter, pause);
        page.getChildren().add(1, problem);
        follow();
        choosing();
        holding();
        keys();
    }

    Page page() {
        return page;
    }

    FilterField filter() {
        return filter;
    }

    void focusList() {
        table.requestFocus();
    }

    void setCandidates(Set<String> candidates) {
        table.setCandidates(candidates);
    }

    /** Explains a listed request; answers whether there is one of that id. */
    boolean choose(String id) {
        for (RequestLine request : model.rows()) {
            if (id.equals(RequestWords.id(request))) {
                table.getSelectionModel().select(request);
                explain(request);
                return true;
            }
        }
        return false;
    }

    void refresh() {
        page.showResult(
                filter,
                model.filter().get().strip(),
                model.rows().size(),
                model.total(),
                () -> model.filter().set(""));
        boolean paused = model.paused().get();
        lamp.setState(paused ? LampState.DISABLED : LampState.CLOSED);
        live.setText(
                paused
                        ? words.text("requests.paused")
                        : words.text(
                                "requests.live",
                                bench.formats().rate(model.perSecond().get())));
        long count = model.notShown().get();
        missed.setVisible(count > 0);
        missed.setText(words.text("requests.missed", bench.formats().count(count)));
        long never = model.untold().get();
        untold.setVisible(never > 0);
        untold.setText(words.text("requests.untold", bench.formats().count(never)));
        int waiting = model.newer().get();
        newer.setVisible(waiting > 0);
        newer.setText(bench.texts()
                .counted(
                        paused ? "requests.newer.paused" : "requests.newer",
                        waiting,
                        bench.formats().count(waiting)));
    }

    private HBox stand() {
        live.getStyleClass().addAll("mesh-small", "mesh-muted");
        live.setMinWidth(0);
        missed.setTooltip(new Tooltip(words.text("requests.missed.why")));
        missed.managedProperty().bind(missed.visibleProperty());
        untold.setTooltip(new Tooltip(words.text("requests.untold.why")));
        untold.managedProperty().bind(untold.visibleProperty());
        newer.small().onPress(this::showNewest);
        newer.managedProperty().bind(newer.visibleProperty());
        HBox stand = new HBox(lamp, live, newer, Page.space(), missed, untold);
        stand.getStyleClass().add("requests-stand");
        stand.setAlignment(Pos.CENTER_LEFT);
        return stand;
    }

    private void follow() {
        model.filter().subscribe(text -> refresh());
        model.perSecond().subscribe(rate -> refresh());
        model.newer().subscribe(count -> refresh());
        model.notShown().subscribe(count -> refresh());
        model.untold().subscribe(count -> refresh());
        model.paused().subscribe(now -> {
            pause.setText(words.text(now ? "requests.resume" : "requests.pause"));
            pause.setGraphic(Icons.button(now ? "fth-play" : "fth-pause"));
            refresh();
        });
        model.problem().subscribe(this::tellProblem);
        walk.explanation().subscribe(now -> beside(!(now instanceof Explanation.Nothing)));
    }

    private void tellProblem(@Nullable InvalidValueException wrong) {
        problem.say(
                wrong == null
                        ? ""
                        : words.text("requests.filter.wrong", wrong.field(), wrong.value(), wrong.expected()));
    }

    private void beside(Boolean open) {
        if (open == pane.isVisible()) {
            return;
        }
        pane.setVisible(open);
        if (open) {
            table.beNarrow();
        } else {
            table.beWide();
            table.getSelectionModel().clearSelection();
            table.requestFocus();
        }
    }

    /** A row that is chosen holds the list still; pressing it, or Enter, explains it, and then so do the arrows. */
    private void choosing() {
        table.setRowFactory(of -> {
            TableRow<RequestLine> row = new TableRow<>();
            row.setOnMouseClicked(event -> {
                if (event.getButton() == MouseButton.PRIMARY) {
                    explain(row.getItem());
                }
            });
            return row;
        });
        table.getSelectionModel().selectedItemProperty().subscribe(chosen -> {
            if (chosen != null && isListInHand()) {
                model.paused().set(true);
                if (walk.isOpen()) {
                    walk.explain(chosen);
                }
            }
        });
    }

    /** A filter that takes the chosen row away makes the table choose another one, which nobody asked for. */
    private boolean isListInHand() {
        return table.getScene() != null && table.equals(table.getScene().getFocusOwner());
    }

    private void explain(@Nullable RequestLine request) {
        if (request != null) {
            model.paused().set(true);
            walk.explain(request);
        }
    }

    /** A pointer that only lies there holds nothing. */
    private void holding() {
        table.addEventFilter(MouseEvent.MOUSE_MOVED, event -> model.hold());
        table.addEventFilter(MouseEvent.MOUSE_EXITED, event -> model.release());
    }

    /** Before the table and the buttons see them: a table would take the space bar for itself. */
    private void keys() {
        page.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            boolean typing = event.getTarget() instanceof TextInputControl;
            boolean pressing = event.getTarget() instanceof ButtonBase;
            switch (event.getCode()) {
                case SPACE -> {
                    if (!typing && !pressing) {
                        togglePause();
                        event.consume();
                    }
                }
                case ENTER -> {
                    if (typing) {
                        table.requestFocus();
                        event.consume();
                    } else if (!pressing) {
                        explain(table.getSelectionModel().getSelectedItem());
                        event.consume();
                    }
                }
                case ESCAPE -> {
                    if (!typing && walk.isOpen()) {
                        walk.leave();
                        event.consume();
                    }
                }
                default -> {}
            }
        });
    }

    private void showNewest() {
        if (model.paused().get()) {
            togglePause();
        } else {
            model.takeIn();
        }
        table.scrollTo(0);
    }

    private void togglePause() {
        boolean resume = model.paused().get();
        if (resume) {
            table.getSelectionModel().clearSelection();
            table.scrollTo(0);
        }
        model.paused().set(!resume);
    }
}
