package io.signalbox.mesh.config;

import io.signalbox.mesh.model.PlainText;
import java.nio.file.Path;

/**
 * A document that is refused whole, with the place, the field, the value, and what was expected.
 *
 * <p>The message reads {@code line 7, column 14: canary.initialWeight: 120 (expected: 0..100)}, after the file's name
 * where the document is known to come from one.
 */
public final class InvalidDocumentException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private static final int LONGEST_PART = 160;

    private final String file;
    private final int line;
    private final int column;
    private final String field;
    private final String value;
    private final String expected;

    InvalidDocumentException(Mark at, String field, String value, String expected) {
        this("", at, field, value, expected);
    }

    private InvalidDocumentException(String file, Mark at, String field, String value, String expected) {
        super((file.isEmpty() ? "" : file + ": ") + at + ": " + field + ": " + value + " (expected: " + expected + ")");
        this.file = file;
        this.line = at.line();
        this.column = at.column();
        this.field = field;
        this.value = value;
        this.expected = expected;
    }

    /** The same refusal with the name of the file; one that names a file already stays as it is. */
    InvalidDocumentException in(Path source) {
        if (!file.isEmpty()) {
            return this;
        }
        InvalidDocumentException named =
                new InvalidDocumentException(source.toString(), new Mark(line, column), field, value, expected);
        named.initCause(this);
        return named;
    }

    /**
     * The message as one line that a person can read, whoever wrote the document: {@link PlainText}, and at most
     * {@value #LONGEST_PART} characters each of the field, the value and what was expected.
     */
    public String oneLine() {
        return new Mark(line, column) + ": " + shortened(field) + ": " + shortened(value) + " (expected: "
                + shortened(expected) + ")";
    }

    private static String shortened(String part) {
        return PlainText.of(part.length() <= LONGEST_PART ? part : part.substring(0, LONGEST_PART - 1) + "…");
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
