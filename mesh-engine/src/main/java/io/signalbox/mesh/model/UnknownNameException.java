package io.signalbox.mesh.model;

import java.util.Collection;

/** A name that nothing bears; the message lists the names that exist, or the one that was probably meant. */
public final class UnknownNameException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final int LISTED = 20;

    private final String kind;
    private final String name;
    private final String expected;

    public UnknownNameException(String kind, String name, Collection<String> known) {
        this(kind, name, expected(known));
    }

    /** @param expected the names that exist, or the nearest of them */
    public UnknownNameException(String kind, String name, String expected) {
        super(kind + ": " + name + " (expected: " + expected + ")");
        this.kind = kind;
        this.name = name;
        this.expected = expected;
    }

    private static String expected(Collection<String> known) {
        if (known.isEmpty()) {
            return "none exists yet";
        }
        // Of those that are sorted already no more than these are looked at.
        String listed = String.join(
                ", ", known.stream().distinct().sorted().limit(LISTED).toList());
        return known.size() > LISTED ? "one of " + listed + ", …" : "one of " + listed;
    }

    /** What sort of thing was looked for: {@code service}, {@code instance}, {@code fault}, … */
    public String kind() {
        return kind;
    }

    public String name() {
        return name;
    }

    /** What there is instead, in words. */
    public String expected() {
        return expected;
    }
}
