package io.signalbox.console.requests;

import io.signalbox.mesh.explain.Kept;
import io.signalbox.mesh.explain.RequestFilter;
import io.signalbox.mesh.explain.RequestFilter.Statuses;
import io.signalbox.mesh.explain.RequestLine;
import io.signalbox.mesh.model.Cause;
import io.signalbox.mesh.model.DurationText;
import io.signalbox.mesh.model.InvalidValueException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the filter of the requests screen: conditions with blanks between them, which must all hold.
 *
 * <p>{@code status:5xx}, {@code service:}, {@code from:}, {@code to:}, {@code version:}, {@code method:},
 * {@code cause:timeout}, {@code path:/v1}, {@code is:failed}; {@code dur} or {@code attempts}, then {@code > < >= <=},
 * then {@code 100ms} or a count; a plain word is looked for in the path, the ids and the names. What is expected is said
 * in words of the language itself, so that it reads the same everywhere.
 */
final class QueryParser {

    private static final Pattern COMPARISON = Pattern.compile("([a-z]+)(>=|<=|>|<)(.*)");
    private static final Pattern NAMED = Pattern.compile("([a-z]+):(.*)");
    private static final Pattern PLAIN_NUMBER = Pattern.compile("\\d{1,9}(?:\\.\\d{1,3})?");
    private static final Pattern COUNT = Pattern.compile("\\d{1,4}");
    private static final String KEYS = "status | service | from | to | version | method | cause | path | is";

    private final List<Predicate<RequestLine>> conditions = new ArrayList<>();
    private @Nullable String service;
    private @Nullable Statuses statuses;
    private Duration atLeast = Duration.ZERO;
    private @Nullable Cause cause;
    private @Nullable String pathPrefix;

    private QueryParser() {}

    /**
     * What the text asks for; everything for a blank one.
     *
     * @throws InvalidValueException naming the first condition that cannot be read
     */
    static RequestQuery parse(String text) {
        Read read = read(text);
        InvalidValueException problem = read.problem();
        if (problem != null) {
            throw problem;
        }
        return read.query();
    }

    /** What the text asks for as far as it can be read, so that a list does not go blank while somebody types. */
    static Read read(String text) {
        String stripped = text.strip();
        if (stripped.isEmpty()) {
            return new Read(RequestQuery.ALL, null);
        }
        QueryParser parser = new QueryParser();
        InvalidValueException first = null;
        for (String word : List.of(stripped.split("\\s+", -1))) {
            try {
                parser.conditions.add(parser.condition(word));
            } catch (InvalidValueException e) {
                first = first == null ? e : first;
            }
        }
        return new Read(parser.query(), first);
    }

    private RequestQuery query() {
        List<Predicate<RequestLine>> all = List.copyOf(conditions);
        return new RequestQuery(
                new RequestFilter(service, statuses, atLeast, cause, pathPrefix),
                line -> all.stream().allMatch(condition -> condition.test(line)));
    }

    private Predicate<RequestLine> condition(String word) {
        if (word.startsWith("/")) {
            return plain(word);
        }
        Matcher comparison = COMPARISON.matcher(word);
        if (comparison.matches()) {
            return compared(comparison.group(1), comparison.group(2), comparison.group(3));
        }
        Matcher named = NAMED.matcher(word);
        return named.matches() ? named(named.group(1), named.group(2)) : plain(word);
    }

    private Predicate<RequestLine> named(String key, String value) {
        return switch (key) {
            case "status", "code" -> status(key, value);
            case "service" -> {
                service = name(key, value);
                yield line -> line.source().equals(value) || line.destination().equals(value);
            }
            case "from" -> {
                service = name(key, value);
                yield line -> line.source().equals(value);
            }
            case "to" -> {
                service = name(key, value);
                yield line -> line.destination().equals(value);
            }
            case "version" -> {
                name(key, value);
                yield line -> value.equals(line.version());
            }
            case "method" -> {
                name(key, value);
                yield line -> line.method().equalsIgnoreCase(value);
            }
            case "cause" -> {
                Cause wanted = cause(value);
                cause = wanted;
                yield line -> line.cause() == wanted;
            }
            case "path" -> {
                InvalidValueException.unless(value.startsWith("/"), key, value, "/items");
                pathPrefix = value;
                yield line -> line.path().startsWith(value);
            }
            case "is" -> is(value);
            default -> throw new InvalidValueException("filter", key, KEYS);
        };
    }

    private Predicate<RequestLine> status(String key, String value) {
        Statuses wanted;
        try {
            wanted = Statuses.parse(value);
        } catch (InvalidValueException e) {
            throw new InvalidValueException(key, value, "503 | 5xx");
        }
        statuses = wanted;
        return line -> line.status() >= wanted.from() && line.status() <= wanted.to();
    }

    private static Predicate<RequestLine> is(String value) {
        return switch (value) {
            case "failed" -> line -> line.kept() == Kept.FAILED;
            case "slow" -> line -> line.kept() == Kept.SLOW;
            case "retried" -> line -> line.attempts() > 1;
            case "sampled" -> line -> line.kept() == Kept.SAMPLED;
            default -> throw new InvalidValueException("is", value, "failed | slow | retried | sampled");
        };
    }

    private Predicate<RequestLine> compared(String figure, String sign, String value) {
        return switch (figure) {
            case "dur", "ms" -> {
                Duration bound = duration(figure, value);
                if (sign.startsWith(">")) {
                    atLeast = bound.compareTo(atLeast) > 0 ? bound : atLeast;
                }
                LongPredicate holds = relation(sign, bound.toNanos());
                yield line -> holds.test(line.durationNanos());
            }
            case "attempts" -> {
                InvalidValueException.unless(COUNT.matcher(value).matches(), figure, value, "1 | 2 | 3");
                LongPredicate holds = relation(sign, Long.parseLong(value));
                yield line -> holds.test(line.attempts());
            }
            default -> throw new InvalidValueException("filter", figure, "dur | attempts");
        };
    }

    private static LongPredicate relation(String sign, long bound) {
        return switch (sign) {
            case ">" -> value -> value > bound;
            case ">=" -> value -> value >= bound;
            case "<" -> value -> value < bound;
            default -> value -> value <= bound;
        };
    }

    private static Duration duration(String figure, String value) {
        try {
            return DurationText.parse(figure, PLAIN_NUMBER.matcher(value).matches() ? value + "ms" : value);
        } catch (InvalidValueException e) {
            throw new InvalidValueException(figure, value, "100ms | 2s");
        }
    }

    private static Cause cause(String value) {
        return Cause.parse(value).orElseThrow(() -> new InvalidValueException("cause", value, likely(value)));
    }

    /** The causes that the text may become, all where it may become none. */
    private static String likely(String value) {
        List<String> all = Arrays.stream(Cause.values()).map(Cause::wireName).toList();
        List<String> near = all.stream().filter(name -> name.contains(value)).toList();
        return (near.isEmpty() ? all : near).stream().limit(6).collect(Collectors.joining(" | "))
                + ((near.isEmpty() ? all : near).size() > 6 ? " | …" : "");
    }

    private static String name(String key, String value) {
        InvalidValueException.unless(
                !value.isEmpty(), key, value, key.equals("version") ? "v2" : key.equals("method") ? "GET" : "catalog");
        return value;
    }

    private static Predicate<RequestLine> plain(String word) {
        String looked = word.toLowerCase(Locale.ROOT);
        return line -> has(line.path(), looked)
                || has(line.id(), looked)
                || has(line.traceId(), looked)
                || has(line.source(), looked)
                || has(line.destination(), looked)
                || has(line.endpoint(), looked)
                || has(line.sourceInstance(), looked);
    }

    private static boolean has(@Nullable String text, String looked) {
        return text != null && text.toLowerCase(Locale.ROOT).contains(looked);
    }

    /**
     * What came of reading.
     *
     * @param problem the first condition that could not be read; {@code null} when all could
     */
    record Read(RequestQuery query, @Nullable InvalidValueException problem) {}
}
