package io.signalbox.console.security;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/**
 * A row that lasts, of a value that is new with each picture.
 *
 * @param <V> the value
 */
final class Live<V> {

    private final ReadOnlyObjectWrapper<V> value;

    Live(V first) {
        value = new ReadOnlyObjectWrapper<>(this, "value", first);
    }

    ReadOnlyObjectProperty<V> value() {
        return value.getReadOnlyProperty();
    }

    V current() {
        return value.get();
    }

    void set(V next) {
        value.set(next);
    }
}
