package io.signalbox.console.screen;

import io.signalbox.console.format.Formats;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import org.jspecify.annotations.Nullable;

/**
 * Makes the columns of a table: rows hold raw values, so that they sort right, and cells write them.
 *
 * <p>Widths are in ems and grow with the text.
 *
 * @param <R> the rows
 */
public final class Columns<R> {

    private final TableView<R> table;
    private final Workbench bench;
    private final ObservableValue<? extends Number> em;

    /** @param em the size of text in pixels */
    public Columns(TableView<R> table, Workbench bench, ObservableValue<? extends Number> em) {
        this.table = table;
        this.bench = bench;
        this.em = em;
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_ALL_COLUMNS);
    }

    /** A column of words, on the left. */
    public <V> TableColumn<R, V> words(
            String titleKey,
            double ems,
            Function<R, ObservableValue<V>> value,
            Function<V, String> write,
            String... styles) {
        return column(titleKey, ems, value, () -> new Written<>(write, any -> "", styles));
    }

    /** A column of figures, on the right and in mono. */
    public <V> TableColumn<R, V> figures(
            String titleKey, double ems, Function<R, ObservableValue<V>> value, Function<V, String> write) {
        return figures(titleKey, ems, value, write, any -> "");
    }

    /** A column of figures, each in the tone of its value: a text style or {@code ""}. */
    public <V> TableColumn<R, V> figures(
            String titleKey,
            double ems,
            Function<R, ObservableValue<V>> value,
            Function<V, String> write,
            Function<V, String> tone) {
        TableColumn<R, V> column =
                column(titleKey, ems, value, () -> new Written<>(write, tone, "mesh-number", "mesh-mono"));
        column.getStyleClass().add("mesh-number");
        narrowest(column, ems * 0.8);
        return column;
    }

    /** A column whose cells draw their values themselves. */
    public <V> TableColumn<R, V> column(
            String titleKey, double ems, Function<R, ObservableValue<V>> value, Supplier<TableCell<R, V>> cell) {
        TableColumn<R, V> column =
                new TableColumn<>(titleKey.isEmpty() ? "" : bench.texts().get(titleKey));
        column.setCellValueFactory(row -> value.apply(row.getValue()));
        column.setCellFactory(of -> cell.get());
        column.prefWidthProperty().bind(em.map(size -> size.doubleValue() * ems));
        narrowest(column, ems * 0.6);
        table.getColumns().add(column);
        return column;
    }

    private void narrowest(TableColumn<R, ?> column, double ems) {
        column.minWidthProperty().bind(em.map(size -> size.doubleValue() * ems));
    }

    /** A cell that writes its value as text; {@link Formats#NONE} where there is none. */
    private static final class Written<R, V> extends TableCell<R, V> {

        private final Function<V, String> write;
        private final Function<V, String> tone;

        Written(Function<V, String> write, Function<V, String> tone, String... styles) {
            this.write = write;
            this.tone = tone;
            getStyleClass().addAll(styles);
        }

        @Override
        protected void updateItem(@Nullable V value, boolean empty) {
            super.updateItem(value, empty);
            getStyleClass().removeIf(style -> style.endsWith("-text"));
            if (empty) {
                setText("");
            } else if (value == null) {
                setText(Formats.NONE);
            } else {
                setText(write.apply(value));
                String style = tone.apply(value);
                if (!style.isEmpty()) {
                    getStyleClass().add(style);
                }
            }
        }
    }
}
