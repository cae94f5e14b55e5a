package io.signalbox.console.topology.graph;

import io.signalbox.mesh.model.InvalidValueException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the find language.
 *
 * <p>{@code err}, {@code ok}, {@code p50}, {@code p90}, {@code p99} or {@code rps}, then {@code > < >= <=}, then a
 * number with {@code %}, {@code ms} or {@code s}; {@code name:part}; or a plain word. {@code and} (or nothing) binds
 * closer than {@code or}.
 */
public final class FindParser {

    private static final Pattern COMPARISON =
            Pattern.compile("(err|ok|p50|p90|p99|rps)(>=|<=|>|<)(.*)", Pattern.CASE_INSENSITIVE);
    private static final Pattern SPACED_OPERATOR = Pattern.compile("\\s*(>=|<=|>|<)\\s*");
    private static final Pattern SPACED_UNIT =
            Pattern.compile("((?:>=|<=|>|<)[0-9]+(?:[.,][0-9]+)?)\\s+(%|ms|us|s|/s)(?!\\S)");
    private static final Pattern NUMBER = Pattern.compile("([0-9]+(?:[.,][0-9]+)?)\\s*(%|ms|us|s|/s)?");

    private FindParser() {}

    /**
     * The question that the text asks; empty for blank text.
     *
     * @throws InvalidValueException naming the first word that cannot be read
     */
    public static Optional<Find> parse(String text) {
        String joined = SPACED_OPERATOR.matcher(text.strip()).replaceAll("$1");
        String tight = SPACED_UNIT.matcher(joined).replaceAll("$1$2");
        if (tight.isEmpty()) {
            return Optional.empty();
        }
        @Nullable Find found = null;
        @Nullable Find group = null;
        @Nullable String joint = null;
        for (String word : List.of(tight.split("\\s+", -1))) {
            boolean or = word.equalsIgnoreCase("or");
            if (or || word.equalsIgnoreCase("and")) {
                if (group == null || joint != null) {
                    throw alone(word);
                }
                joint = word;
                if (or) {
                    found = either(found, group);
                    group = null;
                }
            } else {
                Find next = factor(word);
                group = group == null ? next : new Find.Both(group, next);
                joint = null;
            }
        }
        if (group == null || joint != null) {
            throw alone(joint == null ? text.strip() : joint);
        }
        return Optional.of(either(found, group));
    }

    private static Find either(@Nullable Find first, Find second) {
        return first == null ? second : new Find.Either(first, second);
    }

    private static InvalidValueException alone(String joint) {
        return new InvalidValueException("find", joint, "a condition on both sides, such as err>1%");
    }

    private static Find factor(String word) {
        Matcher comparison = COMPARISON.matcher(word);
        if (comparison.matches()) {
            Find.Figure figure = Find.Figure.valueOf(comparison.group(1).toUpperCase(Locale.ROOT));
            return new Find.Compare(figure, relation(comparison.group(2)), bound(figure, comparison.group(3)));
        }
        if (word.indexOf('>') >= 0 || word.indexOf('<') >= 0) {
            throw new InvalidValueException("find", word, "err, ok, p50, p90, p99 or rps before the sign");
        }
        return new Find.Word(word.startsWith("name:") ? word.substring("name:".length()) : word);
    }

    private static Find.Relation relation(String sign) {
        return switch (sign) {
            case ">" -> Find.Relation.ABOVE;
            case "<" -> Find.Relation.BELOW;
            case ">=" -> Find.Relation.AT_LEAST;
            default -> Find.Relation.AT_MOST;
        };
    }

    private static double bound(Find.Figure figure, String text) {
        Matcher number = NUMBER.matcher(text);
        if (!number.matches()) {
            throw new InvalidValueException(figure.name().toLowerCase(Locale.ROOT), text, expected(figure));
        }
        double value = Double.parseDouble(number.group(1).replace(',', '.'));
        String unit = number.group(2) == null ? "" : number.group(2);
        return switch (figure) {
            case ERR, OK -> percent(value, unit, text, figure);
            case P50, P90, P99 -> nanos(value, unit, text, figure);
            case RPS -> rate(value, unit, text, figure);
        };
    }

    private static double percent(double value, String unit, String text, Find.Figure figure) {
        return switch (unit) {
            case "", "%" -> value / 100;
            default -> throw refused(figure, text);
        };
    }

    private static double nanos(double value, String unit, String text, Find.Figure figure) {
        return switch (unit) {
            case "us" -> value * 1e3;
            case "", "ms" -> value * 1e6;
            case "s" -> value * 1e9;
            default -> throw refused(figure, text);
        };
    }

    private static double rate(double value, String unit, String text, Find.Figure figure) {
        return switch (unit) {
            case "", "/s" -> value;
            default -> throw refused(figure, text);
        };
    }

    private static InvalidValueException refused(Find.Figure figure, String text) {
        return new InvalidValueException(figure.name().toLowerCase(Locale.ROOT), text, expected(figure));
    }

    private static String expected(Find.Figure figure) {
        return switch (figure) {
            case ERR, OK -> "a share such as 1%";
            case P50, P90, P99 -> "a time such as 80ms";
            case RPS -> "a rate such as 50";
        };
    }
}
