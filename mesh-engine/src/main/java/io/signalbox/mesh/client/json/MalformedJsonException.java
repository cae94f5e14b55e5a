package io.signalbox.mesh.client.json;

import io.signalbox.mesh.model.InvalidValueException;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/**
 * JSON that is refused, with the place, the field, the value, and what was expected.
 *
 * <p>The message reads {@code line 2, column 9: weights.v2: 120 (expected: 0..100)}.
 */
public final class MalformedJsonException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private static final Pattern NOISE =
            Pattern.compile("\\s*\\n.*|\\s*\\(for Object.*|\\s+at \\[Source.*", Pattern.DOTALL);

    private final String field;
    private final String value;
    private final String expected;
    private final int line;
    private final int column;

    private MalformedJsonException(@Nullable TokenStreamLocation at, String field, String value, String expected) {
        super("line " + line(at) + ", column " + column(at) + ": " + field + ": " + value + " (expected: " + expected
                + ")");
        this.field = field;
        this.value = value;
        this.expected = expected;
        this.line = line(at);
        this.column = column(at);
    }

    static MalformedJsonException nothing() {
        return new MalformedJsonException(null, "document", "null", "a JSON object");
    }

    static MalformedJsonException missing(String path) {
        return new MalformedJsonException(null, path.isEmpty() ? "document" : path, "nothing", "a value");
    }

    static MalformedJsonException of(JacksonException e) {
        TokenStreamLocation at = e.getLocation();
        String path = path(e);
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidValueException invalid) {
                return new MalformedJsonException(
                        at, path.equals("document") ? invalid.field() : path, invalid.value(), invalid.expected());
            }
        }
        return switch (e) {
            case UnrecognizedPropertyException unknown ->
                new MalformedJsonException(
                        at, path, "unknown field", "one of " + joined(unknown.getKnownPropertyIds()));
            case InvalidFormatException wrong ->
                new MalformedJsonException(at, path, String.valueOf(wrong.getValue()), word(wrong.getTargetType()));
            case MismatchedInputException wrong ->
                new MalformedJsonException(at, path, "missing or of another type", word(wrong.getTargetType()));
            default ->
                new MalformedJsonException(
                        at,
                        path,
                        NOISE.matcher(Optional.ofNullable(e.getOriginalMessage())
                                        .orElse("cannot be read"))
                                .replaceAll(""),
                        "well-formed JSON");
        };
    }

    /** Counted from 1. */
    public int line() {
        return line;
    }

    /** Counted from 1. */
    public int column() {
        return column;
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

    private static String path(JacksonException e) {
        StringBuilder path = new StringBuilder();
        for (JacksonException.Reference step : e.getPath()) {
            if (step.getPropertyName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
            }
        }
        return path.isEmpty() ? "document" : path.toString();
    }

    private static String joined(@Nullable Collection<Object> names) {
        return names == null
                ? "the documented fields"
                : String.join(", ", names.stream().map(String::valueOf).sorted().toList());
    }

    private static String word(@Nullable Class<?> type) {
        if (type == null) {
            return "another type";
        }
        if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
            return "a whole number";
        }
        if (type == double.class || type == Double.class) {
            return "a number";
        }
        if (type == String.class) {
            return "a text";
        }
        if (Collection.class.isAssignableFrom(type)) {
            return "a list";
        }
        return type.isRecord() || Map.class.isAssignableFrom(type)
                ? "a JSON object"
                : "a valid " + type.getSimpleName().toLowerCase(Locale.ROOT);
    }

    private static int line(@Nullable TokenStreamLocation at) {
        return at == null ? 1 : Math.max(1, at.getLineNr());
    }

    private static int column(@Nullable TokenStreamLocation at) {
        return at == null ? 1 : Math.max(1, at.getColumnNr());
    }
}
