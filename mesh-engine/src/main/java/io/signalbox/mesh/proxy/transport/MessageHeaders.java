package io.signalbox.mesh.proxy.transport;

import io.signalbox.mesh.model.Headers;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/** The header fields of one message: in order, repeated names apart. Not safe to share among threads. */
public interface MessageHeaders extends Headers.Mutable {

    /** Adds a field at the end, beside those of the same name. */
    void add(String name, String value);

    /** Removes every field with such a name. */
    void removeIf(Predicate<String> name);

    void forEach(BiConsumer<String, String> field);

    /** Fields of their own with the same content. */
    MessageHeaders copy();
}
