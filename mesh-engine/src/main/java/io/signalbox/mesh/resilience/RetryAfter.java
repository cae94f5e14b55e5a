package io.signalbox.mesh.resilience;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** How long an answer asks its caller to wait before the next try: {@code Retry-After} (RFC 9110, 10.2.3). */
public final class RetryAfter {

    public static final String HEADER = "Retry-After";

    /** More digits than that mean a century. */
    private static final int MOST_DIGITS = 9;

    private RetryAfter() {}

    /**
     * Reads seconds or an HTTP date; a date that has passed asks for no pause, and neither does what is malformed.
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
            return Duration.ofSeconds(Long.parseLong(said.substring(0, Math.min(MOST_DIGITS, said.length()))));
        }
        try {
            Instant date = DateTimeFormatter.RFC_1123_DATE_TIME.parse(said, Instant::from);
            Duration left = Duration.between(clock.instant(), date);
            return left.isNegative() ? Duration.ZERO : left;
        } catch (DateTimeException e) {
            return Duration.ZERO;
        }
    }
}
