package io.signalbox.mesh.model;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who may call a service, as the sidecar beside its application keeps it: any deny rule that holds refuses, else any allow
 * rule that holds lets through, else the default decides. The order of the rules makes no difference.
 *
 * @param otherwise what happens to a call that no rule holds for; empty for the mesh's, and without that it is allowed
 * @param mode whether what is denied is refused, or only counted; empty for the mesh's, and without that it is refused
 * @param rules at most {@value #MOST_RULES}, each with a name of its own
 */
public record Authorization(Optional<Action> otherwise, Optional<Mode> mode, List<AuthorizationRule> rules) {

    public static final int MOST_RULES = 200;

    /** Nothing is asked for. */
    public static final Authorization NONE = new Authorization(Optional.empty(), Optional.empty(), List.of());

    public Authorization {
        rules = List.copyOf(rules);
        InvalidValueException.unless(
                rules.size() <= MOST_RULES, "authorization.rules", rules.size() + " rules", "at most " + MOST_RULES);
        Set<String> names = new HashSet<>();
        for (AuthorizationRule rule : rules) {
            InvalidValueException.unless(
                    names.add(rule.name()), "authorization.rules", rule.name(), "each name once in a policy");
        }
    }

    /** What becomes of a call. */
    public enum Action {
        ALLOW,
        DENY;

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Action parse(String text) {
            return one(values(), Action::wireName, text, "action");
        }
    }

    /** What becomes of a call that is denied. */
    public enum Mode {
        /** It is refused. */
        ENFORCE,
        /** It goes on to the application, and is counted as one that would have been refused. */
        DRY_RUN;

        public String wireName() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        public static Mode parse(String text) {
            return one(values(), Mode::wireName, text, "mode");
        }
    }

    /** The same, with the mesh's words where this one says nothing. */
    public Authorization under(Authorization mesh) {
        return equals(NONE) && mesh.equals(NONE)
                ? NONE
                : new Authorization(otherwise.or(mesh::otherwise), mode.or(mesh::mode), rules);
    }

    public Action effectiveDefault() {
        return otherwise.orElse(Action.ALLOW);
    }

    public Mode effectiveMode() {
        return mode.orElse(Mode.ENFORCE);
    }

    /** Whether any call may be denied at all. */
    public boolean mayDeny() {
        return effectiveDefault() == Action.DENY || rules.stream().anyMatch(rule -> rule.action() == Action.DENY);
    }

    /** The same with one rule more. */
    public Authorization with(AuthorizationRule rule) {
        return new Authorization(
                otherwise, mode, Stream.concat(rules.stream(), Stream.of(rule)).toList());
    }

    private static <T> T one(T[] values, Function<T, String> word, String text, String field) {
        return Arrays.stream(values)
                .filter(value -> word.apply(value).equals(text))
                .findFirst()
                .orElseThrow(() -> new InvalidValueException(
                        field, text, Arrays.stream(values).map(word).collect(Collectors.joining(" | "))));
    }
}
