package io.signalbox.mesh.config;

import io.signalbox.mesh.model.DurationText;
import io.signalbox.mesh.model.HedgeDelay;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.model.RetryCondition;
import io.signalbox.mesh.model.RetryPolicy;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads the {@code retry} section of a policy or of a rule; what it leaves out gets the documented defaults. */
final class RetryReader {

    private static final Set<RetryCondition> DEFAULT_RETRY_ON =
            Set.copyOf(EnumSet.of(RetryCondition.GATEWAY_ERROR, RetryCondition.CONNECT_FAILURE, RetryCondition.RESET));
    private static final Pattern STATUS = Pattern.compile("[1-9]\\d{0,8}");

    private static final Pattern QUANTILE = Pattern.compile("p\\d{1,3}(\\.\\d{1,3})?");

    private RetryReader() {}

    static RetryPolicy read(Section section) {
        section.allowing(Set.of("maxAttempts", "perTryTimeout", "retryOn", "backoff", "budget", "methods", "hedge"));
        int attempts = section.number("maxAttempts", 3);
        Optional<Duration> perTry = section.duration("perTryTimeout");
        List<String> words = section.words("retryOn");
        Set<RetryCondition> conditions = section.has("retryOn") ? conditions(section, words) : DEFAULT_RETRY_ON;
        Set<Integer> statuses = words.stream()
                .filter(RetryReader::isNumber)
                .map(Integer::valueOf)
                .collect(Collectors.toSet());
        RetryPolicy.Backoff backoff =
                section.section("backoff").map(RetryReader::backoff).orElse(RetryPolicy.Backoff.DEFAULT);
        RetryPolicy.Budget budget =
                section.section("budget").map(RetryReader::budget).orElse(RetryPolicy.Budget.DEFAULT);
        RetryPolicy.Methods methods =
                section.text("methods").map(text -> methods(section, text)).orElse(RetryPolicy.Methods.IDEMPOTENT);
        Optional<RetryPolicy.Hedge> hedge = section.section("hedge").map(RetryReader::hedge);
        return section.build(
                () -> new RetryPolicy(attempts, perTry, conditions, backoff, budget, methods, statuses, hedge));
    }

    private static Set<RetryCondition> conditions(Section section, List<String> words) {
        EnumSet<RetryCondition> conditions = EnumSet.noneOf(RetryCondition.class);
        words.stream()
                .filter(word -> !isNumber(word))
                .forEach(word -> conditions.add(section.build(() -> RetryCondition.parse(word))));
        return conditions;
    }

    private static boolean isNumber(String word) {
        return STATUS.matcher(word).matches();
    }

    private static RetryPolicy.Methods methods(Section section, String text) {
        return switch (text) {
            case "idempotent" -> RetryPolicy.Methods.IDEMPOTENT;
            case "any" -> RetryPolicy.Methods.ANY;
            default -> throw section.refused("methods", text, "idempotent | any");
        };
    }

    private static RetryPolicy.Backoff backoff(Section section) {
        section.allowing(Set.of("base", "max", "maxRetryAfter"));
        RetryPolicy.Backoff defaults = RetryPolicy.Backoff.DEFAULT;
        Duration base = section.duration("base").orElse(defaults.base());
        Duration max = section.duration("max").orElse(defaults.max());
        Duration longest = section.duration("maxRetryAfter").orElse(defaults.maxRetryAfter());
        return section.build(() -> new RetryPolicy.Backoff(base, max, longest));
    }

    private static RetryPolicy.Hedge hedge(Section section) {
        section.allowing(Set.of("after", "maxExtra"));
        HedgeDelay after = section.parsed("after", RetryReader::hedgeDelay).orElse(HedgeDelay.DEFAULT);
        int extra = section.number("maxExtra", 1);
        return section.build(() -> new RetryPolicy.Hedge(after, extra));
    }

    private static HedgeDelay hedgeDelay(String text) {
        return QUANTILE.matcher(text).matches()
                ? new HedgeDelay.Quantile(Double.parseDouble(text.substring(1)))
                : new HedgeDelay.Fixed(delay(text));
    }

    private static Duration delay(String text) {
        try {
            return DurationText.parse("after", text);
        } catch (InvalidValueException e) {
            throw new InvalidValueException(
                    e.field(), e.value(), "p50..p99.9, or a duration with a unit, such as 200ms");
        }
    }

    private static RetryPolicy.Budget budget(Section section) {
        section.allowing(Set.of("ratio", "minPerSecond"));
        double ratio = section.decimal("ratio", RetryPolicy.Budget.DEFAULT.ratio());
        int floor = section.number("minPerSecond", RetryPolicy.Budget.DEFAULT.minPerSecond());
        return section.build(() -> new RetryPolicy.Budget(ratio, floor));
    }
}
