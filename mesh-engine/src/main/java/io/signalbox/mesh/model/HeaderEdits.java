package io.signalbox.mesh.model;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Changes to the header fields of a message. A name stands in one of the three only, so that their order does not matter.
 *
 * @param set values that replace all others of that name
 * @param add values beside those that are there
 * @param remove names of which nothing stays
 */
public record HeaderEdits(Map<String, String> set, Map<String, String> add, Set<String> remove) {

    public static final HeaderEdits NONE = new HeaderEdits(Map.of(), Map.of(), Set.of());

    private static final int MOST = 64;
    private static final int LONGEST_VALUE = 4_096;
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,256}");

    /** Fields that the mesh itself is answerable for: framing, the connection, the trace. */
    private static final Set<String> OURS = Set.of(
            "host",
            "connection",
            "content-length",
            "expect",
            "keep-alive",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "traceparent",
            "tracestate",
            "b3",
            "x-request-id",
            "x-target-service");

    public HeaderEdits {
        set = Collections.unmodifiableMap(new LinkedHashMap<>(set));
        add = Collections.unmodifiableMap(new LinkedHashMap<>(add));
        remove = Collections.unmodifiableSet(new LinkedHashSet<>(remove));
        Set<String> seen = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        requireNames("set", set.keySet(), seen);
        requireNames("add", add.keySet(), seen);
        requireNames("remove", remove, seen);
        InvalidValueException.unless(seen.size() <= MOST, "set", seen.size() + " fields", "at most " + MOST);
        set.forEach(HeaderEdits::requireValue);
        add.forEach(HeaderEdits::requireValue);
    }

    public boolean isEmpty() {
        return set.isEmpty() && add.isEmpty() && remove.isEmpty();
    }

    private static void requireNames(String field, Collection<String> names, Set<String> seen) {
        for (String name : names) {
            requireName(field, name);
            InvalidValueException.unless(seen.add(name), field, name, "each field in one of set, add, remove");
        }
    }

    /** Refuses a name that no edit may have. */
    public static void requireName(String name) {
        requireName("name", name);
    }

    private static void requireName(String field, String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        InvalidValueException.unless(NAME.matcher(name).matches(), field, name, "the name of a header field");
        InvalidValueException.unless(
                !OURS.contains(lower) && !lower.startsWith("x-signalbox-") && !lower.startsWith("x-b3-"),
                field,
                name,
                "a field that the mesh does not write itself");
    }

    /** Refuses a value that no field may have. */
    public static void requireValue(String name, String value) {
        InvalidValueException.unless(
                value.length() <= LONGEST_VALUE
                        && value.equals(value.strip())
                        && value.chars().allMatch(c -> c == '\t' || (c >= ' ' && c != 0x7f && c <= 0xff)),
                name,
                value.length() <= LONGEST_VALUE ? value : value.length() + " characters",
                "a value of at most " + LONGEST_VALUE + " characters without line breaks or space at the ends");
    }
}
