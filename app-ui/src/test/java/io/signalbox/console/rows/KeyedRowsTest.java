package io.signalbox.console.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javafx.collections.ListChangeListener;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeyedRowsTest {

    private final KeyedRows<String, Item, Row> rows =
            new KeyedRows<>(Item::name, item -> new Row(item.name()), (row, item) -> row.value = item.value());
    private final List<String> changes = new ArrayList<>();

    @BeforeEach
    void listen() {
        rows.rows().addListener((ListChangeListener<Row>) change -> changes.add("changed"));
    }

    @Test
    void aRowIsUpdatedInPlaceAndTheListStaysStill() {
        rows.follow(List.of(new Item("a", 1), new Item("b", 2)));
        Row first = rows.rows().getFirst();
        changes.clear();
        rows.follow(List.of(new Item("a", 7), new Item("b", 8)));
        assertThat(rows.rows().getFirst()).isSameAs(first);
        assertThat(first.value).isEqualTo(7);
        assertThat(changes).isEmpty();
    }

    @Test
    void aRowWhoseValueIsGoneIsRemovedAndANewOneComesLast() {
        rows.follow(List.of(new Item("a", 1), new Item("b", 2)));
        rows.follow(List.of(new Item("c", 3), new Item("b", 4)));
        assertThat(rows.rows()).extracting(row -> row.name).containsExactly("b", "c");
    }

    @Test
    void orderingWhatIsInOrderTellsNobody() {
        rows.follow(List.of(new Item("a", 1), new Item("b", 2)));
        changes.clear();
        rows.order(Comparator.comparing((Row row) -> row.name));
        assertThat(changes).isEmpty();
        rows.order(Comparator.comparing((Row row) -> row.name).reversed());
        assertThat(rows.rows()).extracting(row -> row.name).containsExactly("b", "a");
    }

    @Test
    void aHistoryKeepsTheNewestOldestFirst() {
        History history = new History(3);
        for (int i = 1; i <= 5; i++) {
            history.add(i);
        }
        assertThat(history.values()).containsExactly(3, 4, 5);
    }

    private record Item(String name, int value) {}

    private static final class Row {
        private final String name;
        private int value;

        Row(String name) {
            this.name = name;
        }
    }
}
