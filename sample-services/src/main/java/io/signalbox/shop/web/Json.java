package io.signalbox.shop.web;

import io.signalbox.mesh.model.InvalidValueException;
import java.io.InputStream;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Reads and writes the records that Corner Shop's applications exchange. */
public final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Json() {}

    public static String write(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    public static <T> T read(String text, Class<T> type) {
        return notNull(parse(() -> MAPPER.readValue(text, type), type), type);
    }

    public static <T> T read(InputStream text, Class<T> type) {
        return notNull(parse(() -> MAPPER.readValue(text, type), type), type);
    }

    private static <T> T parse(Supplier<T> parser, Class<T> type) {
        try {
            return parser.get();
        } catch (JacksonException e) {
            throw new InvalidValueException("body", e.getOriginalMessage(), "JSON of a " + type.getSimpleName());
        }
    }

    private static <T> T notNull(@Nullable T value, Class<T> type) {
        if (value == null) {
            throw new InvalidValueException("body", "null", "JSON of a " + type.getSimpleName());
        }
        return value;
    }
}
