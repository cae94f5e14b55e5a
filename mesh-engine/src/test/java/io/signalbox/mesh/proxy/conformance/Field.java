package io.signalbox.mesh.proxy.conformance;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** One field line, its value without the whitespace around it. */
record Field(String name, String value) {

    static List<String> all(List<Field> fields, String name) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(Field::value)
                .toList();
    }

    /** Values in order under lower-case names: the order among different names means nothing. */
    static Map<String, List<String>> byName(List<Field> fields) {
        return fields.stream()
                .collect(Collectors.groupingBy(
                        field -> field.name().toLowerCase(Locale.ROOT),
                        TreeMap::new,
                        Collectors.mapping(Field::value, Collectors.toList())));
    }

    @Override
    public String toString() {
        return Wire.shown(name + ": " + value);
    }
}
