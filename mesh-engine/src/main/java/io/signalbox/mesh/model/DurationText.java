package io.signalbox.mesh.model;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 250ms}, {@code 5s}, {@code 1m30s}, {@code 1h}; at most a year. */
public final class DurationText {

    private static final String EXPECTED = "a duration with a unit, such as 250ms, 5s, 1m30s or 1h";
    private static final Pattern PART = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(ns|us|µs|ms|s|m|h)");
    private static final Pattern WHOLE = Pattern.compile("(?:" + PART.pattern() + ")+");
    private static final Duration LONGEST = Duration.ofDays(365);

    private DurationText() {}

    public static Duration parse(String field, String text) {
        InvalidValueException.unless(WHOLE.matcher(text).matches(), field, text, EXPECTED);
        double nanos = 0;
        Matcher part = PART.matcher(text);
        while (part.find()) {
            nanos += Double.parseDouble(part.group(1)) * nanosPer(part.group(2));
        }
        InvalidValueException.unless(nanos <= LONGEST.toNanos(), field, text, "at most 8760h");
        return Duration.ofNanos(Math.round(nanos));
    }

    public static String format(Duration duration) {
        if (duration.isZero()) {
            return "0s";
        }
        StringBuilder text = new StringBuilder();
        long left = duration.toNanos();
        for (String unit : new String[] {"h", "m", "s", "ms", "us", "ns"}) {
            long count = left / nanosPer(unit);
            if (count > 0) {
                text.append(count).append(unit);
                left -= count * nanosPer(unit);
            }
        }
        return text.toString();
    }

    private static long nanosPer(String unit) {
        return switch (unit) {
            case "h" -> 3_600_000_000_000L;
            case "m" -> 60_000_000_000L;
            case "s" -> 1_000_000_000L;
            case "ms" -> 1_000_000L;
            case "ns" -> 1L;
            default -> 1_000L;
        };
    }
}
