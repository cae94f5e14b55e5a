package io.signalbox.mesh.routing;

import io.signalbox.mesh.model.Headers;
import io.signalbox.mesh.model.RequestHead;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request's head made of plain values. */
record TestRequest(String method, String path, String query, List<Map.Entry<String, String>> fields)
        implements RequestHead, Headers {

    /** @param target a path, and a query if there is a question mark */
    static TestRequest get(String target) {
        int mark = target.indexOf('?');
        return mark < 0
                ? new TestRequest("GET", target, "", List.of())
                : new TestRequest("GET", target.substring(0, mark), target.substring(mark + 1), List.of());
    }

    TestRequest with(String name, String value) {
        List<Map.Entry<String, String>> more = new ArrayList<>(fields);
        more.add(Map.entry(name, value));
        return new TestRequest(method, path, query, more);
    }

    TestRequest method(String newMethod) {
        return new TestRequest(newMethod, path, query, fields);
    }

    @Override
    public Headers headers() {
        return this;
    }

    @Override
    public @Nullable String first(String name) {
        List<String> values = all(name);
        return values.isEmpty() ? null : values.getFirst();
    }

    @Override
    public List<String> all(String name) {
        return fields.stream()
                .filter(field -> field.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .toList();
    }
}
