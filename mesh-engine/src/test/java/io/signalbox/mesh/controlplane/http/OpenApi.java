package io.signalbox.mesh.controlplane.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** What the document says of the server, and whether answers are as it says. */
final class OpenApi {

    private static final Map<?, ?> DOCUMENT = new YAMLMapper().readValue(ProbeRoutes.openApi(), Map.class);
    private static final Map<Object, Schema> SCHEMAS = new ConcurrentHashMap<>();
    private static final String JSON = "json";

    /** One method of one path; what its path shares is its own. */
    record Operation(String method, String path, Map<?, ?> body, List<Map<?, ?>> parameters) {

        String name() {
            return method + " " + path;
        }

        Map<?, ?> responses() {
            return at(body, "responses");
        }

        boolean takesBody() {
            return body.containsKey("requestBody");
        }
    }

    private OpenApi() {}

    static Map<?, ?> document() {
        return DOCUMENT;
    }

    static List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        at(DOCUMENT, "paths").forEach((path, value) -> {
            Map<?, ?> item = (Map<?, ?>) value;
            item.forEach((method, body) -> {
                if (!method.equals("parameters")) {
                    List<Map<?, ?>> parameters = parameters(item);
                    parameters.addAll(parameters((Map<?, ?>) body));
                    operations.add(new Operation(
                            String.valueOf(method).toUpperCase(Locale.ROOT),
                            String.valueOf(path),
                            (Map<?, ?>) body,
                            parameters));
                }
            });
        });
        return operations;
    }

    /** Refuses an answer whose status its operation does not name, or whose body is another than that says. */
    static void check(String method, URI uri, HttpResponse<String> answer) {
        String asked = method.equals("HEAD") ? "GET" : method;
        Optional<Operation> found = operations().stream()
                .filter(operation -> operation.method().equals(asked))
                .filter(operation -> new Route(asked, operation.path(), _ -> Reply.nothing())
                        .match(Route.segments(uri.getRawPath()))
                        .isPresent())
                .min((a, b) -> Integer.compare(named(a.path()), named(b.path())));
        found.ifPresent(operation -> check(operation, method.equals("HEAD"), answer));
    }

    private static void check(Operation operation, boolean head, HttpResponse<String> answer) {
        String what = operation.name() + " answered " + answer.statusCode() + " " + answer.body();
        Object named = operation.responses().get(Integer.toString(answer.statusCode()));
        assertThat(named).as(what).isNotNull();
        Map<?, ?> content = (Map<?, ?>) Optional.ofNullable(
                        resolved((Map<?, ?>) Objects.requireNonNull(named)).get("content"))
                .orElse(Map.of());
        String type = answer.headers().firstValue("Content-Type").orElse("none").split(";", 2)[0];
        if (content.isEmpty()) {
            assertThat(answer.body()).as(what).isEmpty();
            return;
        }
        assertThat(content.keySet()).as(what).anyMatch(type::equals);
        if (type.endsWith(JSON) && !head) {
            assertThat(problems(at((Map<?, ?>) Objects.requireNonNull(content.get(type)), "schema"), answer.body()))
                    .as(what)
                    .isEmpty();
        }
    }

    /** In what a JSON document is not what a schema of the document says. */
    static List<String> problems(Map<?, ?> schema, String json) {
        return SCHEMAS.computeIfAbsent(schema, OpenApi::compiled).validate(json, InputFormat.JSON).stream()
                .map(String::valueOf)
                .toList();
    }

    /** Each map of the document that has such a key. */
    static void each(Object node, String key, BiConsumer<Map<?, ?>, Object> visitor) {
        switch (node) {
            case Map<?, ?> map -> {
                Object value = map.get(key);
                if (value != null) {
                    visitor.accept(map, value);
                }
                map.values().forEach(below -> each(below, key, visitor));
            }
            case List<?> list -> list.forEach(below -> each(below, key, visitor));
            default -> {}
        }
    }

    /** What a {@code $ref} stands for, or the same. */
    static Map<?, ?> resolved(Map<?, ?> node) {
        if (!(node.get("$ref") instanceof String ref)) {
            return node;
        }
        Map<?, ?> found = DOCUMENT;
        for (String step : ref.substring(2).split("/", -1)) {
            found = at(found, step);
        }
        return found;
    }

    static Map<?, ?> at(Map<?, ?> node, String key) {
        return (Map<?, ?>) Objects.requireNonNull(node.get(key), key);
    }

    private static Schema compiled(Object schema) {
        Map<Object, @Nullable Object> whole = new LinkedHashMap<>((Map<?, ?>) schema);
        whole.put("components", DOCUMENT.get("components"));
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(JsonMapper.shared().writeValueAsString(whole), InputFormat.JSON);
    }

    private static List<Map<?, ?>> parameters(Map<?, ?> node) {
        List<Map<?, ?>> parameters = new ArrayList<>();
        if (node.get("parameters") instanceof List<?> list) {
            list.forEach(parameter -> parameters.add(resolved((Map<?, ?>) parameter)));
        }
        return parameters;
    }

    private static int named(String path) {
        return path.split("\\{", -1).length;
    }
}
