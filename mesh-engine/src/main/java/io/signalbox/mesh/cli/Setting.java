package io.signalbox.mesh.cli;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A value that holds and where it came from.
 *
 * @param value {@code null} when there is none
 * @param origin an option, a variable, or words such as {@code default}
 */
record Setting(String name, @Nullable String value, String origin) {

    static final String BY_DEFAULT = "default";

    /** An option, else a variable that is not blank, else nothing. */
    static Setting of(
            String name, @Nullable String option, String optionName, Map<String, String> environment, String variable) {
        if (option != null) {
            return new Setting(name, option, optionName);
        }
        String set = environment.get(variable);
        return set == null || set.isBlank()
                ? new Setting(name, null, BY_DEFAULT)
                : new Setting(name, set, "$" + variable);
    }

    Optional<String> given() {
        return Optional.ofNullable(value);
    }

    /** This, or another where this has no value. */
    Setting or(@Nullable String otherwise, String otherOrigin) {
        return value != null || otherwise == null ? this : new Setting(name, otherwise, otherOrigin);
    }
}
