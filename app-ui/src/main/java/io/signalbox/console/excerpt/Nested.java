package io.signalbox.console.excerpt;

import io.signalbox.mesh.client.MeshException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the lists within an answer, however deep they lie: each to a length, and all of them together. What is short comes
 * back as it is. For one answer and one thread.
 */
@SuppressWarnings("ReferenceEquality") // the same object means that nothing of it was cut
final class Nested {

    private static final String MESH = "io.signalbox.mesh.";

    private final int longest;
    private int room;

    /**
     * @param longest of each list
     * @param room how much all lists hold together
     */
    Nested(int longest, int room) {
        this.longest = longest;
        this.room = room;
    }

    /** @throws MeshException when something does not bear that its lists are cut */
    @Nullable
    Object of(@Nullable Object said) {
        return switch (said) {
            case List<?> list -> list(list);
            case Optional<?> maybe when maybe.isPresent() -> maybe(maybe);
            case Record told when told.getClass().getName().startsWith(MESH) -> told(told);
            case null, default -> said;
        };
    }

    private Optional<?> maybe(Optional<?> said) {
        Object each = said.orElseThrow();
        Object within = of(each);
        return within == each ? said : Optional.ofNullable(within);
    }

    private List<?> list(List<?> said) {
        List<@Nullable Object> kept = new ArrayList<>();
        boolean changed = false;
        for (Object each : said) {
            if (kept.size() == longest || room == 0) {
                return Collections.unmodifiableList(kept);
            }
            room--;
            Object within = of(each);
            changed |= within != each;
            kept.add(within);
        }
        return changed ? Collections.unmodifiableList(kept) : said;
    }

    private Record told(Record said) {
        RecordComponent[] components = said.getClass().getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        @Nullable Object[] values = new @Nullable Object[components.length];
        boolean changed = false;
        try {
            for (int i = 0; i < components.length; i++) {
                Method accessor = components[i].getAccessor();
                boolean _ = accessor.trySetAccessible();
                Object value = accessor.invoke(said);
                types[i] = components[i].getType();
                values[i] = of(value);
                changed |= values[i] != value;
            }
            return changed ? said.getClass().getDeclaredConstructor(types).newInstance(values) : said;
        } catch (ReflectiveOperationException e) {
            throw new MeshException(
                    MeshException.Kind.FAILED,
                    said.getClass().getSimpleName() + ": a list that is too long (expected: at most " + longest + ")");
        }
    }
}
