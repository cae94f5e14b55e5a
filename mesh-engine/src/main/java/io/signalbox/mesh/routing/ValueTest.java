package io.signalbox.mesh.routing;

import io.signalbox.mesh.model.ValueMatch;
import java.util.function.Predicate;

/**
 * A condition on values, compiled. Immutable.
 *
 * @param wantsValue whether there must be a value at all
 * @param value what one of the values must meet, when there must be one
 */
record ValueTest(String name, boolean wantsValue, Predicate<String> value) {

    static ValueTest of(String name, ValueMatch match) {
        return switch (match) {
            case ValueMatch.Exact(String text) -> new ValueTest(name, true, text::equals);
            case ValueMatch.Prefix(String text) -> new ValueTest(name, true, sent -> sent.startsWith(text));
            case ValueMatch.Regex regex -> new ValueTest(name, true, regex.compiled()::matches);
            case ValueMatch.Present() -> new ValueTest(name, true, sent -> true);
            case ValueMatch.Absent() -> new ValueTest(name, false, sent -> false);
        };
    }
}
