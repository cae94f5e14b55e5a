package io.signalbox.mesh.explain;

import io.signalbox.mesh.model.Cause;
import io.signalbox.mesh.model.InvalidValueException;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which requests somebody wants to see; all that is given must hold.
 *
 * @param service the one that asks or the one that is asked; {@code null} means any
 * @param statuses {@code null} means any
 * @param minDuration zero means any
 * @param cause {@code null} means any, also none
 * @param pathPrefix of the path as sent; {@code null} means any
 */
public record RequestFilter(
        @Nullable String service,
        @Nullable Statuses statuses,
        Duration minDuration,
        @Nullable Cause cause,
        @Nullable String pathPrefix) {

    public static final RequestFilter ALL = new RequestFilter(null, null, Duration.ZERO, null, null);

    public RequestFilter {
        InvalidValueException.unless(!minDuration.isNegative(), "minDuration", minDuration, ">= 0");
        InvalidValueException.unless(
                pathPrefix == null || pathPrefix.startsWith("/"),
                "pathPrefix",
                pathPrefix,
                "a path that begins with /");
    }

    /** A range of HTTP statuses, both ends included. */
    public record Statuses(int from, int to) {

        private static final Pattern CLASS = Pattern.compile("[1-5]xx");
        private static final Pattern ONE = Pattern.compile("[1-5]\\d\\d");

        /** Reads {@code 503} or {@code 5xx}. */
        public static Statuses parse(String text) {
            String lower = text.toLowerCase(Locale.ROOT);
            if (CLASS.matcher(lower).matches()) {
                int from = (lower.charAt(0) - '0') * 100;
                return new Statuses(from, from + 99);
            }
            InvalidValueException.unless(
                    ONE.matcher(lower).matches(), "status", text, "a status such as 503, or a class such as 5xx");
            int status = Integer.parseInt(lower);
            return new Statuses(status, status);
        }

        boolean holds(int status) {
            return status >= from && status <= to;
        }

        @Override
        public String toString() {
            return from == to ? Integer.toString(from) : from / 100 + "xx";
        }
    }

    boolean takes(RequestLine request) {
        return (service == null || service.equals(request.source()) || service.equals(request.destination()))
                && (statuses == null || statuses.holds(request.status()))
                && request.durationNanos() >= minDuration.toNanos()
                && (cause == null || cause == request.cause())
                && (pathPrefix == null || request.path().startsWith(pathPrefix));
    }
}
