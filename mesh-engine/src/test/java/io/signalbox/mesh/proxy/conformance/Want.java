package io.signalbox.mesh.proxy.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** One request as the application must get it; how its body is framed is the sidecar's choice. */
record Want(String method, String target, List<Field> fields, String body, List<Field> trailers) {

    private static final String FREE = "connection|content-length|transfer-encoding|via|x-request-id|traceparent"
            + "|tracestate|b3|x-b3-.*|x-seen";

    static Want of(String method, String target) {
        return new Want(method, target, List.of(new Field("Host", "app")), "", List.of());
    }

    static Want get(String target) {
        return of("GET", target);
    }

    /** With the type that the tables give every body. */
    static Want post(String body) {
        return of("POST", "/").with("Content-Type", "a/b").body(body);
    }

    Want host(String host) {
        return new Want(method, target, List.of(new Field("Host", host)), body, trailers);
    }

    Want with(String name, String value) {
        return new Want(method, target, added(fields, name, value), body, trailers);
    }

    Want body(String newBody) {
        return new Want(method, target, fields, newBody, trailers);
    }

    Want trailer(String name, String value) {
        return new Want(method, target, fields, body, added(trailers, name, value));
    }

    /** Empty when the request is as wanted, else what is different. */
    String difference(Message seen) {
        StringBuilder text = new StringBuilder();
        compare(text, "method", method, seen.method());
        compare(text, "target", target, seen.target());
        compare(text, "fields", byName(fields, fields), byName(seen.fields(), fields));
        compare(text, "body", body, seen.body());
        compare(text, "trailers", Field.byName(trailers), Field.byName(seen.trailers()));
        return text.toString();
    }

    /** Fields that a sidecar may add or change count only where they are wanted. */
    private static Map<String, List<String>> byName(List<Field> all, List<Field> wanted) {
        Map<String, List<String>> named = new TreeMap<>(Field.byName(all));
        List<String> names = wanted.stream()
                .map(field -> field.name().toLowerCase(Locale.ROOT))
                .toList();
        named.keySet().removeIf(name -> name.matches(FREE) && !names.contains(name));
        return named;
    }

    private static List<Field> added(List<Field> fields, String name, String value) {
        List<Field> more = new ArrayList<>(fields);
        more.add(new Field(name, Wire.text(Wire.bytes(value))));
        return more;
    }

    private static void compare(StringBuilder text, String what, Object wanted, Object seen) {
        if (!wanted.equals(seen)) {
            text.append(what)
                    .append(": ")
                    .append(Wire.shown(seen.toString()))
                    .append(" (expected: ")
                    .append(Wire.shown(wanted.toString()))
                    .append("); ");
        }
    }
}
