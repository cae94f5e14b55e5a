package io.signalbox.mesh.config;

/**
 * A document that is refused whole, with the place, the field, the value, and what was expected.
 *
 * <p>The message reads {@code line 7, column 14: canary.initialWeight: 120 (expected: 0..100)}.
 */
public final class InvalidDocumentException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final int line;
    private final int column;
    private final String field;
    private final String value;
    private final String expected;

    InvalidDocumentException(Mark at, String field, String value, String expected) {
        super("line " + at.line() + ", column " + at.column() + ": " + field + ": " + value + " (expected: " + expected
                + ")");
        this.line = at.line();
        this.column = at.column();
        this.field = field;
        this.value = value;
        this.expected = expected;
    }

    /** Counted from 1. */
    public int line() {
        return line;
    }

    /** Counted from 1. */
    public int column() {
        return column;
    }

    /** The path of the field, such as {@code rules[0].match.path}; {@code document} for the document itself. */
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
