package io.signalbox.console.format;

import java.text.DecimalFormatSymbols;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * How every number of the console is written in one language: raw values in, text out.
 *
 * <p>A no-break space stands before each unit, a true minus before each negative number, and {@code –} where there is
 * nothing to count. Safe for any thread.
 */
public final class Formats {

    /** What stands where nothing was counted, so that it is not mistaken for zero. */
    public static final String NONE = "–";

    private static final char NO_BREAK = '\u00a0';
    private static final long MICRO = 1_000;
    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000_000_000;
    private static final String[] BYTE_UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};

    private final NumberText numbers;
    private final DateTimeFormatter clock;
    private final DateTimeFormatter clockMillis;
    private final DateTimeFormatter clockUtc;
    private final DateTimeFormatter day;

    private Formats(Locale locale, ZoneId zone) {
        numbers = new NumberText(DecimalFormatSymbols.getInstance(locale));
        day = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", locale).withZone(zone);
        clock = DateTimeFormatter.ofPattern("HH:mm:ss", locale).withZone(zone);
        clockMillis = DateTimeFormatter.ofPattern("HH:mm:ss.SSS", locale).withZone(zone);
        clockUtc =
                DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", locale).withZone(ZoneOffset.UTC);
    }

    public static Formats of(Locale locale, ZoneId zone) {
        return new Formats(locale, zone);
    }

    /** A count in full, {@code 1,234,567}. */
    public String count(long value) {
        return numbers.whole(value);
    }

    /** A count that is an estimate: two significant digits, {@code 2,400}. The word "about" is the sentence's. */
    public String estimate(double value) {
        double magnitude = Math.pow(10, Math.max(0, Math.floor(Math.log10(Math.max(1, Math.abs(value)))) - 1));
        return numbers.fixed(Math.round(value / magnitude) * magnitude, 0);
    }

    /**
     * A share of calls: {@code 94.4 %}, {@code 99.62 %}, {@code 100 %} only when exact, {@code <0.1 %} when small, and
     * {@code –} when there were no calls.
     */
    public String share(long part, long whole) {
        if (whole <= 0) {
            return NONE;
        }
        return part == whole ? percent(100) : share((double) part / whole);
    }

    /** A share between 0 and 1 that is known to rest on something. */
    public String share(double share) {
        return shareFigure(share) + NO_BREAK + '%';
    }

    /** {@link #share(long, long)} without its unit, for figures whose unit stands beside them in another size. */
    public String shareFigure(long part, long whole) {
        if (whole <= 0) {
            return NONE;
        }
        return part == whole ? "100" : shareFigure((double) part / whole);
    }

    private String shareFigure(double share) {
        if (Double.isNaN(share)) {
            return NONE;
        }
        double percent = share * 100;
        if (percent > 0 && percent < 0.1) {
            return "<" + numbers.fixed(0.1, 1);
        }
        if (percent >= 100) {
            return "100";
        }
        return percent >= 99 ? numbers.fixed(Math.min(percent, 99.99), 2) : numbers.fixed(percent, 1);
    }

    /** A whole percentage, as weights are set: {@code 30 %}. */
    public String percent(int percent) {
        return numbers.whole(percent) + NO_BREAK + '%';
    }

    /**
     * A share with its 95 % interval and the count it rests on: {@code 28.7 % ± 1.9, n = 2,212}.
     *
     * @param low the interval's lower end, 0 to 1
     * @param high the interval's upper end, 0 to 1
     */
    public String shareWithInterval(long part, long whole, double low, double high) {
        if (whole <= 0) {
            return NONE;
        }
        return share(part, whole) + " " + halfWidth(low, high) + ", n" + NO_BREAK + '=' + NO_BREAK + count(whole);
    }

    /** Half the width of an interval in percentage points: {@code ± 1.9}. */
    public String halfWidth(double low, double high) {
        double half = (high - low) * 50;
        return "±" + NO_BREAK + (half < 0.1 ? numbers.fixed(half, 2) : numbers.fixed(half, 1));
    }

    /** A difference in percentage points, with its sign: {@code −0.25 pt}. */
    public String points(double difference) {
        return signed(difference * 100, 2) + NO_BREAK + "pt";
    }

    /** A number with its sign, {@code +3} or {@code −0.25}; zero has none. */
    public String signed(double value, int decimals) {
        String text = numbers.fixed(value, decimals);
        return value > 0 && !text.equals(numbers.fixed(0, decimals)) ? "+" + text : text;
    }

    /** A number with that many decimals. */
    public String number(double value, int decimals) {
        return numbers.fixed(value, decimals);
    }

    /** A number with no more decimals than this, and none that are zero at the end: {@code 0.5}, {@code 99}. */
    public String shortest(double value, int decimals) {
        int needed = decimals;
        while (needed > 0 && numbers.fixed(value, needed).endsWith("0")) {
            needed--;
        }
        return numbers.fixed(value, needed);
    }

    /** A share with no more decimals than this: {@code 0.5 %}. */
    public String shortestPercent(double share, int decimals) {
        return shortest(share * 100, decimals) + NO_BREAK + '%';
    }

    /** A latency as tables and graphs show it: {@code 0.4 ms}, {@code 7 ms}, {@code 1.2 s}, {@code 1 min 6 s}. */
    public String latency(long nanos) {
        return latency(nanos, 0);
    }

    /** A latency in details, with one decimal below 10 ms: {@code 7.3 ms}. */
    public String latencyDetail(long nanos) {
        return latency(nanos, 1);
    }

    public String latency(Duration duration) {
        return latency(duration.toNanos());
    }

    private String latency(long nanos, int decimalsBelowTen) {
        double millis = (double) nanos / MILLI;
        if (nanos == 0) {
            return "0" + NO_BREAK + "ms";
        }
        if (Math.abs(nanos) < 50 * MICRO) {
            return "<" + numbers.fixed(0.1, 1) + NO_BREAK + "ms";
        }
        if (Math.abs(nanos) < 950 * MICRO) {
            return numbers.fixed(millis, 1) + NO_BREAK + "ms";
        }
        if (Math.abs(millis) < 9.95) {
            return numbers.fixed(millis, decimalsBelowTen) + NO_BREAK + "ms";
        }
        if (Math.abs(millis) < 999.5) {
            return numbers.fixed(millis, 0) + NO_BREAK + "ms";
        }
        return span(nanos);
    }

    /** A length of time of a second and more: {@code 1.2 s}, {@code 1 min 6 s}, {@code 2 h 5 min}, {@code 3 d 4 h}. */
    public String span(Duration duration) {
        return span(duration.toNanos());
    }

    /** The same in whole seconds: {@code 7 s}, {@code 1 min 6 s}. */
    public String wholeSpan(Duration duration) {
        long seconds = duration.toSeconds();
        return seconds < 60 ? seconds + "" + NO_BREAK + "s" : span(Duration.ofSeconds(seconds));
    }

    private String span(long nanos) {
        double seconds = (double) nanos / SECOND;
        if (seconds < 9.95) {
            return numbers.fixed(seconds, 1) + NO_BREAK + "s";
        }
        long whole = Math.round(seconds);
        if (whole < 60) {
            return whole + "" + NO_BREAK + "s";
        }
        if (whole < 3_600) {
            return twoUnits(whole / 60, "min", whole % 60, "s");
        }
        if (whole < 86_400) {
            return twoUnits(whole / 3_600, "h", whole % 3_600 / 60, "min");
        }
        return twoUnits(whole / 86_400, "d", whole % 86_400 / 3_600, "h");
    }

    private String twoUnits(long first, String firstUnit, long second, String secondUnit) {
        String head = numbers.whole(first) + NO_BREAK + firstUnit;
        return second == 0 ? head : head + NO_BREAK + second + NO_BREAK + secondUnit;
    }

    /** The time left, rounded up to the second: {@code 0:37}, {@code 1:02:03}; never negative. */
    public String countdown(Duration left) {
        long seconds = left.isNegative() ? 0 : (left.toMillis() + 999) / 1000;
        long hours = seconds / 3_600;
        long minutes = seconds % 3_600 / 60;
        String tail = twoDigits(seconds % 60);
        return hours > 0 ? hours + ":" + twoDigits(minutes) + ":" + tail : minutes + ":" + tail;
    }

    private static String twoDigits(long value) {
        return value < 10 ? "0" + value : Long.toString(value);
    }

    /** The age of data: {@code 0.4 s} below ten seconds, then as {@link #span}. */
    public String age(Duration age) {
        return span(age.isNegative() ? 0 : age.toNanos());
    }

    /** The local time of day, {@code 14:31:45}. */
    public String clock(Instant at) {
        return clock.format(at);
    }

    /** The local time of day with milliseconds, {@code 14:31:45.302}. */
    public String clockMillis(Instant at) {
        return clockMillis.format(at);
    }

    /** Day and time of day, for what may be days old. */
    public String dayAndClock(Instant at) {
        return day.format(at);
    }

    /** Date and time in UTC, for the tooltip of a clock. */
    public String clockUtc(Instant at) {
        return clockUtc.format(at);
    }

    /** A rate where room is scarce: {@code 41/s}; one decimal below ten. */
    public String rate(double perSecond) {
        return rateFigure(perSecond) + "/s";
    }

    /** A rate of requests: {@code 41 req/s}; one decimal below ten. */
    public String requestRate(double perSecond) {
        return rateFigure(perSecond) + NO_BREAK + "req/s";
    }

    /** {@link #rate} without its unit. */
    public String rateFigure(double perSecond) {
        if (Double.isNaN(perSecond)) {
            return NONE;
        }
        if (perSecond == 0) {
            return "0";
        }
        if (perSecond > 0 && perSecond < 0.05) {
            return "<" + numbers.fixed(0.1, 1);
        }
        return numbers.fixed(perSecond, Math.abs(perSecond) < 9.95 ? 1 : 0);
    }

    /** A number of bytes in powers of 1024: {@code 512 B}, {@code 1.5 KiB}, {@code 12 MiB}. */
    public String bytes(long bytes) {
        double value = bytes;
        int unit = 0;
        while (Math.abs(value) >= 1023.5 && unit < BYTE_UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        int decimals = unit > 0 && Math.abs(value) < 9.95 ? 1 : 0;
        return numbers.fixed(value, decimals) + NO_BREAK + BYTE_UNITS[unit];
    }
}
