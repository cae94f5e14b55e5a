package io.signalbox.mesh.client.json;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether what another process told has all its parts: in records, and in what they hold, nothing may be missing but what
 * is {@link Nullable}.
 */
final class Whole {

    private static final ClassValue<List<Part>> PARTS = new ClassValue<>() {
        @Override
        protected List<Part> computeValue(Class<?> type) {
            return Arrays.stream(type.getRecordComponents())
                    .map(component -> new Part(
                            component.getName(),
                            component.getAccessor(),
                            component.getAnnotatedType().isAnnotationPresent(Nullable.class)))
                    .toList();
        }
    };

    private record Part(String name, Method accessor, boolean mayBeMissing) {

        Part {
            accessor.setAccessible(true);
        }

        @Nullable
        Object of(Object record) {
            try {
                return accessor.invoke(record);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("Cannot read " + accessor, e);
            }
        }
    }

    private Whole() {}

    /** The path of the first part that is missing. */
    static Optional<String> missing(@Nullable Object value) {
        return missing(value, "");
    }

    private static Optional<String> missing(@Nullable Object value, String path) {
        return switch (value) {
            case null -> Optional.of(path);
            case Record record ->
                PARTS.get(record.getClass()).stream()
                        .map(part -> missing(part, record, path))
                        .flatMap(Optional::stream)
                        .findFirst();
            case Collection<?> all -> missing(all, path);
            case Map<?, ?> map -> missing(map.values(), path);
            default -> Optional.empty();
        };
    }

    private static Optional<String> missing(Part part, Record record, String path) {
        Object value = part.of(record);
        return value == null && part.mayBeMissing()
                ? Optional.empty()
                : missing(value, path.isEmpty() ? part.name() : path + "." + part.name());
    }

    private static Optional<String> missing(Collection<?> all, String path) {
        int index = 0;
        for (Object one : all) {
            Optional<String> missing = missing(one, path + "[" + index++ + "]");
            if (missing.isPresent()) {
                return missing;
            }
        }
        return Optional.empty();
    }
}
