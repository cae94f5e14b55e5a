package io.signalbox.mesh.proxy.conformance;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request of a caller that speaks HTTP/2 to an application that speaks HTTP/1.1, and what may become of it.
 *
 * @param head fields in order, pseudo fields among them, bytes as in {@link Wire}
 * @param data what the DATA frames hold, one after another
 * @param trailers {@code null} for none
 * @param allowed one of these
 */
record H2Case(
        String name,
        List<Field> head,
        List<String> data,
        @Nullable List<Field> trailers,
        List<Fate> allowed) {

    H2Case {
        head = List.copyOf(head);
        data = List.copyOf(data);
        trailers = trailers == null ? null : List.copyOf(trailers);
        allowed = List.copyOf(allowed);
    }

    /** What becomes of it. */
    sealed interface Fate {

        /** It arrives as this and is answered. */
        record Arrives(Want want) implements Fate {}

        /** Nothing of it arrives. */
        record Refused() implements Fate {}

        /** A part may arrive, and never looks whole. */
        record Broken() implements Fate {}
    }

    static H2Case get(String name) {
        return new H2Case(name, ordinary("GET"), List.of(), null, List.of());
    }

    static H2Case post(String name, String... data) {
        return new H2Case(name, ordinary("POST"), List.of(data), null, List.of());
    }

    static H2Case of(String name, List<Field> head) {
        return new H2Case(name, head, List.of(), null, List.of());
    }

    static List<Field> ordinary(String method) {
        return List.of(
                new Field(":method", method),
                new Field(":scheme", "http"),
                new Field(":path", "/"),
                new Field(":authority", "app"));
    }

    H2Case with(String field, String value) {
        List<Field> more = new ArrayList<>(head);
        more.add(new Field(field, value));
        return new H2Case(name, more, data, trailers, allowed);
    }

    /** With another value for that field. */
    H2Case where(String field, String value) {
        List<Field> changed = head.stream()
                .map(each -> each.name().equals(field) ? new Field(field, value) : each)
                .toList();
        return new H2Case(name, changed, data, trailers, allowed);
    }

    H2Case without(String field) {
        return new H2Case(
                name, head.stream().filter(each -> !each.name().equals(field)).toList(), data, trailers, allowed);
    }

    H2Case trailer(String field, String value) {
        List<Field> more = new ArrayList<>(trailers == null ? List.of() : trailers);
        more.add(new Field(field, value));
        return new H2Case(name, head, data, more, allowed);
    }

    H2Case arrives(Want want) {
        return may(new Fate.Arrives(want));
    }

    H2Case refused() {
        return may(new Fate.Refused());
    }

    H2Case broken() {
        return may(new Fate.Broken());
    }

    private H2Case may(Fate fate) {
        List<Fate> more = new ArrayList<>(allowed);
        more.add(fate);
        return new H2Case(name, head, data, trailers, more);
    }
}
