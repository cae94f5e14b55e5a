package io.signalbox.mesh.trace;

import io.signalbox.mesh.model.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Header fields in a map, names in any case. */
final class FakeHeaders implements Headers.Mutable {

    private final Map<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    static FakeHeaders of(String... namesAndValues) {
        FakeHeaders headers = new FakeHeaders();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.fields
                    .computeIfAbsent(namesAndValues[i], _ -> new ArrayList<>())
                    .add(namesAndValues[i + 1]);
        }
        return headers;
    }

    @Override
    public @Nullable String first(String name) {
        List<String> values = all(name);
        return values.isEmpty() ? null : values.getFirst();
    }

    @Override
    public List<String> all(String name) {
        return fields.getOrDefault(name, List.of());
    }

    @Override
    public void set(String name, String value) {
        fields.put(name, List.of(value));
    }

    @Override
    public void remove(String name) {
        fields.remove(name);
    }
}
