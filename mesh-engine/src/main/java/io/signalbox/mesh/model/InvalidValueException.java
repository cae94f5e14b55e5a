package io.signalbox.mesh.model;

import org.jspecify.annotations.Nullable;

/**
 * A value that the mesh refuses, with the name of the field, the value, and what was expected.
 *
 * <p>The message reads {@code weight: 120 (expected: 0..100)}.
 */
public final class InvalidValueException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String field;
    private final String value;
    private final String expected;

    public InvalidValueException(String field, @Nullable Object value, String expected) {
        super(field + ": " + value + " (expected: " + expected + ")");
        this.field = field;
        this.value = String.valueOf(value);
        this.expected = expected;
    }

    /** Throws when the condition does not hold. */
    public static void unless(boolean holds, String field, @Nullable Object value, String expected) {
        if (!holds) {
            throw new InvalidValueException(field, value, expected);
        }
    }

    public String field() {
        return field;
    }

    public String value() {
        return value;
    }

    public String expected() {
        return expected;
    }
}
