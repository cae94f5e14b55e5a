package io.signalbox.console.events;

import io.signalbox.console.screen.Columns;
import io.signalbox.console.screen.Page;
import io.signalbox.console.screen.Workbench;
import io.signalbox.console.shell.ScreenId;
import io.signalbox.console.widget.FilterField;
import io.signalbox.console.widget.Icons;
import io.signalbox.console.widget.Lamp;
import io.signalbox.console.widget.LampState;
import io.signalbox.console.widget.MeshButton;
import io.signalbox.console.widget.Segmented;
import io.signalbox.mesh.event.RecordedEvent;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import javafx.beans.property.SimpleObjectProperty;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;

/** The list of events: when, a lamp, what; pressing one opens the screen that it concerns. */
final class EventsView {

    private final EventsViewModel model;
    private final Workbench bench;
    private final EventWords words;
    private final TableView<RecordedEvent> table = new TableView<>();
    private final MeshButton newer = new MeshButton(MeshButton.Kind.PRIMARY, "", "fth-arrow-up");
    private final FilterField filter;
    private final Segmented<EventsViewModel.Topic> topics;
    private final Page page;

    EventsView(EventsViewModel model, Workbench bench, EventWords words) {
        this.model = model;
        this.bench = bench;
        this.words = words;
        StackPane content = new StackPane(table, newer);
        StackPane.setAlignment(newer, Pos.TOP_CENTER);
        page = new Page(bench, ScreenId.EVENTS, content);
        page.getStylesheets()
                .add(Objects.requireNonNull(EventsView.class.getResource("events.css"))
                        .toExternalForm());
        filter = new FilterField(bench.texts().get("events.filter"));
        filter.textProperty().bindBidirectional(model.filter());
        topics = new Segmented<>(Arrays.stream(EventsViewModel.Topic.values())
                .map(topic -> Segmented.Choice.of(
                        topic, bench.texts().get("events.topic." + topic.name().toLowerCase(Locale.ROOT))))
                .toList());
        topics.valueProperty().bindBidirectional(model.topic());
        page.with(filter, topics);
        table();
        newer.getStyleClass().add("events-newer");
        newer.onPress(model::takeIn);
        newer.managedProperty().bind(newer.visibleProperty());
        model.newer().subscribe(count -> showNewer(count.intValue()));
        holding(content);
        model.filter().subscribe((before, now) -> refresh());
        model.topic().subscribe((before, now) -> refresh());
    }

    Page page() {
        return page;
    }

    FilterField filter() {
        return filter;
    }

    void refresh() {
        for (EventsViewModel.Topic topic : EventsViewModel.Topic.values()) {
            topics.setCount(topic, bench.formats().count(model.count(topic)));
        }
        String topic = model.topic().get() == EventsViewModel.Topic.ALL
                ? ""
                : bench.texts().get("events.topic." + model.topic().get().name().toLowerCase(Locale.ROOT));
        page.showResult(
                filter,
                (model.filter().get().strip() + " " + topic).strip(),
                model.rows().size(),
                model.total(),
                () -> {
                    model.filter().set("");
                    model.topic().set(EventsViewModel.Topic.ALL);
                });
    }

    private void table() {
        table.setItems(model.rows());
        table.setId("events-table");
        table.setAccessibleText(bench.texts().get("screen.events"));
        table.setRowFactory(of -> row());
        Columns<RecordedEvent> columns = new Columns<>(table, bench, page.em());
        var time = columns.column("events.time", 7, row -> new SimpleObjectProperty<>(row.at()), TimeCell::new);
        time.setSortable(false);
        time.maxWidthProperty().bind(time.prefWidthProperty());
        columns.column("events.what", 60, row -> new SimpleObjectProperty<>(words.say(row.event())), SaidCell::new)
                .setSortable(false);
        table.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ENTER) {
                open(table.getSelectionModel().getSelectedItem());
            }
        });
    }

    private TableRow<RecordedEvent> row() {
        TableRow<RecordedEvent> row = new TableRow<>();
        row.setOnMouseClicked(event -> {
            if (event.getButton() == MouseButton.PRIMARY) {
                open(row.getItem());
            }
        });
        return row;
    }

    private void holding(StackPane content) {
        content.addEventHandler(MouseEvent.MOUSE_ENTERED, event -> model.hold());
        content.addEventHandler(MouseEvent.MOUSE_EXITED, event -> {
            model.release();
            refresh();
        });
        page.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.SPACE && model.newer().get() > 0) {
                event.consume();
                model.takeIn();
                refresh();
            }
        });
    }

    private void open(@Nullable RecordedEvent recorded) {
        if (recorded != null) {
            Said said = words.say(recorded.event());
            bench.shell().open(said.screen(), said.target());
        }
    }

    private void showNewer(int count) {
        newer.setVisible(count > 0);
        newer.setText(
                bench.texts().counted("events.newer", count, bench.formats().count(count)));
    }

    /** The local time of day; UTC in its tooltip. */
    private final class TimeCell extends TableCell<RecordedEvent, Instant> {

        TimeCell() {
            getStyleClass().addAll("mesh-mono", "mesh-muted");
        }

        @Override
        protected void updateItem(@Nullable Instant at, boolean empty) {
            super.updateItem(at, empty);
            if (empty || at == null) {
                setText("");
                setTooltip(null);
            } else {
                setText(bench.formats().clock(at));
                setTooltip(new Tooltip(bench.formats().clockUtc(at)));
            }
        }
    }

    /** The lamp and the sentence. */
    private static final class SaidCell extends TableCell<RecordedEvent, Said> {

        private final Lamp lamp = new Lamp(LampState.INFO);
        private final Label what = new Label();
        private final Label detail = new Label();
        private final HBox line = new HBox(lamp, what, detail, Page.space(), Icons.inline("fth-arrow-up-right"));

        SaidCell() {
            line.getStyleClass().add("events-line");
            line.setAlignment(Pos.CENTER_LEFT);
            line.setMinWidth(0);
            what.getStyleClass().addAll("mesh-small", "mesh-medium");
            what.setMinWidth(USE_PREF_SIZE);
            detail.getStyleClass().addAll("mesh-small", "mesh-muted");
            getStyleClass().add("events-said");
        }

        @Override
        protected void updateItem(@Nullable Said said, boolean empty) {
            super.updateItem(said, empty);
            if (empty || said == null) {
                setGraphic(null);
                return;
            }
            lamp.setState(said.lamp());
            what.setText(said.what());
            detail.setText(said.detail());
            setAccessibleText(said.what() + ". " + said.detail());
            line.prefWidthProperty().bind(widthProperty().subtract(getPadding().getLeft() * 2));
            setGraphic(line);
        }
    }
}
