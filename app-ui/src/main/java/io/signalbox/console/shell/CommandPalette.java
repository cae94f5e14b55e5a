package io.signalbox.console.shell;

import io.signalbox.console.text.Texts;
import io.signalbox.console.widget.Icons;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The card in which commands are found by typing; up and down choose, Enter runs. */
final class CommandPalette extends VBox {

    private static final int MOST_ROWS = 9;

    private final TextField query = new TextField();
    private final ObservableList<Command> found = FXCollections.observableArrayList();
    private final ListView<Command> list = new ListView<>(found);
    private final IntegerProperty rows = new SimpleIntegerProperty(this, "rows", MOST_ROWS);
    private final Function<String, List<Command>> search;
    private final Consumer<Command> chosen;

    /**
     * A palette with everything in it.
     *
     * @param search the commands for a query, best first
     * @param chosen hears the command that is to run
     */
    CommandPalette(Texts texts, Function<String, List<Command>> search, Consumer<Command> chosen) {
        this.search = search;
        this.chosen = chosen;
        getStyleClass().add("mesh-palette");
        setId("palette");
        query.setId("palette-query");
        query.setPromptText(texts.get("shell.search"));
        query.setAccessibleText(texts.get("shell.search"));
        HBox.setHgrow(query, Priority.ALWAYS);
        HBox head = new HBox(Icons.button("fth-search"), query);
        head.getStyleClass().add("mesh-filter-field");
        list.setId("palette-list");
        list.setFocusTraversable(false);
        list.prefHeightProperty()
                .bind(list.fixedCellSizeProperty().multiply(rows).add(2));
        list.setCellFactory(view -> new Row());
        Label nothing = new Label(texts.get("shell.palette.nothing"));
        nothing.getStyleClass().add("mesh-muted");
        list.setPlaceholder(nothing);
        getChildren().addAll(head, list);
        query.textProperty().subscribe(this::find);
        query.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
    }

    Node field() {
        return query;
    }

    private void find(String typed) {
        found.setAll(search.apply(typed));
        list.getSelectionModel().selectFirst();
        rows.set(Math.clamp(found.size(), 2, MOST_ROWS));
    }

    private void key(KeyEvent event) {
        switch (event.getCode()) {
            case DOWN -> move(1);
            case UP -> move(-1);
            case ENTER -> run();
            default -> {
                return;
            }
        }
        event.consume();
    }

    private void move(int by) {
        if (!found.isEmpty()) {
            int next = Math.floorMod(list.getSelectionModel().getSelectedIndex() + by, found.size());
            list.getSelectionModel().select(next);
            list.scrollTo(Math.max(0, next - MOST_ROWS / 2));
        }
    }

    private void run() {
        Command selected = list.getSelectionModel().getSelectedItem();
        if (selected != null) {
            chosen.accept(selected);
        }
    }

    private final class Row extends ListCell<Command> {

        private final Label title = new Label();
        private final Label hint = new Label();
        private final HBox content;

        Row() {
            hint.getStyleClass().addAll("mesh-small", "mesh-subtle");
            hint.setMinWidth(USE_PREF_SIZE);
            Region space = new Region();
            HBox.setHgrow(space, Priority.ALWAYS);
            content = new HBox(title, space, hint);
            content.getStyleClass().add("mesh-palette-row");
            setOnMouseClicked(event -> {
                if (getItem() != null) {
                    chosen.accept(getItem());
                }
            });
        }

        @Override
        protected void updateItem(Command command, boolean empty) {
            super.updateItem(command, empty);
            if (empty || command == null) {
                setGraphic(null);
            } else {
                title.setText(command.title());
                hint.setText(command.hint());
                setAccessibleText(command.title());
                setGraphic(content);
            }
        }
    }
}
