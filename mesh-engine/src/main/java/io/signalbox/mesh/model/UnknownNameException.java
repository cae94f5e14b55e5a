package io.signalbox.mesh.model;

import java.util.Collection;
import java.util.TreeSet;

/** A name that nothing bears; the message lists the names that exist, or the one that was probably meant. */
public final class UnknownNameException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final int LISTED = 20;

    private final String kind;
    private final String name;

    public UnknownNameException(String kind, String name, Collection<String> known) {
        super(kind + ": " + name + " (expected: " + expected(known) + ")");
        this.kind = kind;
        this.name = name;
    }

    /** @param nearest of the names that exist */
    public UnknownNameException(String kind, String name, String nearest) {
        super(kind + ": " + name + " (expected: " + nearest + ")");
        this.kind = kind;
        this.name = name;
    }

    private static String expected(Collection<String> known) {
        if (known.isEmpty()) {
            return "none exists yet";
        }
        String listed =
                String.join(", ", new TreeSet<>(known).stream().limit(LISTED).toList());
        return known.size() > LISTED ? "one of " + listed + ", …" : "one of " + listed;
    }

    /** What sort of thing was looked for: {@code service}, {@code instance}, {@code fault}, … */
    public String kind() {
        return kind;
    }

    public String name() {
        return name;
    }
}
