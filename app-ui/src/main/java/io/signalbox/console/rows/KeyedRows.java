package io.signalbox.console.rows;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/**
 * An observable list that follows a collection of values: a value's row is made once, updated in place, and removed
 * when the value is gone.
 *
 * <p>Belongs to the user-interface thread.
 *
 * @param <K> names a value among the others
 * @param <V> an immutable value, new with each update
 * @param <R> a row that lasts
 */
public final class KeyedRows<K, V, R> {

    private final ObservableList<R> rows = FXCollections.observableArrayList();
    private final ObservableList<R> unmodifiable = FXCollections.unmodifiableObservableList(rows);
    private final Map<K, R> byKey = new HashMap<>();
    private final Function<? super V, ? extends K> key;
    private final Function<? super V, ? extends R> create;
    private final BiConsumer<? super R, ? super V> update;

    public KeyedRows(
            Function<? super V, ? extends K> key,
            Function<? super V, ? extends R> create,
            BiConsumer<? super R, ? super V> update) {
        this.key = key;
        this.create = create;
        this.update = update;
    }

    public ObservableList<R> rows() {
        return unmodifiable;
    }

    /** Makes the rows follow the values; new rows come last, the others keep their places. */
    public void follow(Collection<? extends V> values) {
        Set<K> present = new HashSet<>();
        List<R> added = new ArrayList<>();
        for (V value : values) {
            K name = key.apply(value);
            present.add(name);
            R row = byKey.get(name);
            if (row == null) {
                row = create.apply(value);
                byKey.put(name, row);
                added.add(row);
            }
            update.accept(row, value);
        }
        if (byKey.size() > present.size()) {
            Set<R> gone = new HashSet<>();
            byKey.entrySet().removeIf(entry -> !present.contains(entry.getKey()) && gone.add(entry.getValue()));
            rows.removeIf(gone::contains);
        }
        rows.addAll(added);
    }

    /** Puts the rows in order, and tells nobody when they already are. */
    public void order(Comparator<? super R> by) {
        List<R> sorted = new ArrayList<>(rows);
        sorted.sort(by);
        if (!sorted.equals(rows)) {
            rows.setAll(sorted);
        }
    }
}
