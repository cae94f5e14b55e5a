package io.signalbox.mesh.resilience;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** How long an answer asks its caller to wait before the next try: {@code Retry-After} (RFC 9110, 10.2.3). */
public final class RetryAfter {

    public static final String HEADER = "Retry-After";

    /** More digits than that mean a century. */
    private static final int MOST_DIGITS = 9;

    private static final int YEARS_AHEAD = 50;
    private static final int CENTURY = 100;

    /** Such as {@code Thu Jan  1 00:00:30 2026}. */
    private static final DateTimeFormatter ASCTIME = DateTimeFormatter.ofPattern(
                    "EEE MMM ppd HH:mm:ss uuuu", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    /** Of the year in which a date was last read; making it anew costs more than reading with it. */
    private static final AtomicReference<ShortYears> SHORT_YEARS = new AtomicReference<>(ShortYears.in(1970));

    private RetryAfter() {}

    /**
     * Reads seconds or an HTTP date in any of its three forms (RFC 9110, 5.6.7); a date that has passed asks for no pause,
     * and neither does what is malformed.
     *
     * @param text {@code null} when there is no such field
     */
    public static Duration read(@Nullable String text, InstantSource clock) {
        if (text == null) {
            return Duration.ZERO;
        }
        String said = text.strip();
        boolean digits = !said.isEmpty() && said.chars().allMatch(c -> c >= '0' && c <= '9');
        if (digits) {
            int from = 0;
            while (from < said.length() - 1 && said.charAt(from) == '0') {
                from++;
            }
            return Duration.ofSeconds(
                    Long.parseLong(said.substring(from, Math.min(from + MOST_DIGITS, said.length()))));
        }
        Instant now = clock.instant();
        try {
            Duration left = Duration.between(now, form(said, now).parse(said, Instant::from));
            return left.isNegative() ? Duration.ZERO : left;
        } catch (DateTimeException e) {
            return Duration.ZERO;
        }
    }

    /** The form that a date would have to be in, by what follows the day of the week. */
    private static DateTimeFormatter form(String said, Instant now) {
        int comma = said.indexOf(',');
        if (comma < 0) {
            boolean weekday = !said.isEmpty() && Character.isLetter(said.charAt(0));
            return weekday ? ASCTIME : DateTimeFormatter.RFC_1123_DATE_TIME;
        }
        return comma == 3 ? DateTimeFormatter.RFC_1123_DATE_TIME : withShortYear(now);
    }

    private static DateTimeFormatter withShortYear(Instant now) {
        int year = now.atOffset(ZoneOffset.UTC).getYear();
        ShortYears known = Objects.requireNonNull(SHORT_YEARS.get());
        if (known.now() != year) {
            known = ShortYears.in(year);
            SHORT_YEARS.set(known);
        }
        return known.form();
    }

    /**
     * Such as {@code Thursday, 01-Jan-26 00:00:30 GMT}; a year is no more than fifty ahead.
     *
     * @param now the year that it is read in
     */
    private record ShortYears(int now, DateTimeFormatter form) {

        static ShortYears in(int year) {
            DateTimeFormatter form = new DateTimeFormatterBuilder()
                    .appendPattern("EEEE, dd-MMM-")
                    .appendValueReduced(ChronoField.YEAR, 2, 2, year + YEARS_AHEAD - CENTURY + 1)
                    .appendPattern(" HH:mm:ss 'GMT'")
                    .toFormatter(Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC);
            return new ShortYears(year, form);
        }
    }
}
