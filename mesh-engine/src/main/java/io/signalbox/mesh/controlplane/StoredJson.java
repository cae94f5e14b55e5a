package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.store.StoreEntry;
import io.signalbox.mesh.store.StoreException;
import java.util.function.Function;

/** What was written to a store as JSON, read again. */
final class StoredJson {

    private StoredJson() {}

    static <T> T read(StoreEntry entry, Class<T> type) {
        return read(entry, type, Function.identity());
    }

    /**
     * @param made what it stands for; may refuse it by an {@link IllegalArgumentException}
     * @throws StoreException naming the entry, when it is not what is written there
     */
    static <S, T> T read(StoreEntry entry, Class<S> type, Function<? super S, ? extends T> made) {
        try {
            return made.apply(Json.read(entry.value(), type));
        } catch (IllegalArgumentException e) {
            throw new StoreException(
                    "store: " + entry.key() + ": " + e.getMessage() + " (expected: what Signalbox wrote)");
        }
    }
}
