package io.signalbox.mesh.client.json;

import java.util.ArrayList;
import java.util.List;

/** Lists cut into parts of which each is small enough to be sent. */
public final class JsonParts {

    private JsonParts() {}

    /**
     * The same in the same order, in parts whose JSON takes at most so many bytes each; one that takes more by itself is a
     * part of its own.
     */
    public static <T> List<List<T>> of(List<T> all, int mostBytes) {
        List<List<T>> parts = new ArrayList<>();
        List<T> part = new ArrayList<>();
        long taken = 0;
        for (T one : all) {
            int bytes = Json.bytes(one).length + 1;
            if (!part.isEmpty() && taken + bytes > mostBytes) {
                parts.add(List.copyOf(part));
                part.clear();
                taken = 0;
            }
            part.add(one);
            taken += bytes;
        }
        if (!part.isEmpty()) {
            parts.add(List.copyOf(part));
        }
        return parts;
    }
}
