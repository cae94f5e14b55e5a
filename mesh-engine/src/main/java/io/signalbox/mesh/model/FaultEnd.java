package io.signalbox.mesh.model;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** How a fault ends a request. */
public sealed interface FaultEnd {

    /**
     * The mesh answers in the application's place.
     *
     * @param status 400..599 (default 503)
     * @param grpcStatus what a caller of gRPC is told instead, 1..16 (default: what stands for {@code status})
     * @param retryAfter the field {@code Retry-After}; whole seconds, 1 s to 1 h
     * @param body at most 4,096 characters of plain text (default: a problem document)
     */
    record Abort(int status, OptionalInt grpcStatus, Optional<Duration> retryAfter, Optional<String> body)
            implements FaultEnd {

        public static final int DEFAULT_STATUS = 503;

        private static final int LONGEST_BODY = 4_096;
        private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

        public Abort {
            InvalidValueException.unless(status >= 400 && status <= 599, "abort.status", status, "400..599");
            grpcStatus.ifPresent(number ->
                    InvalidValueException.unless(number >= 1 && number <= 16, "abort.grpcStatus", number, "1..16"));
            retryAfter.ifPresent(pause -> InvalidValueException.unless(
                    pause.isPositive() && pause.toNanosPart() == 0 && pause.compareTo(LONGEST_PAUSE) <= 0,
                    "abort.retryAfter",
                    pause,
                    "whole seconds, 1s..1h"));
            body.ifPresent(text -> InvalidValueException.unless(
                    text.length() <= LONGEST_BODY,
                    "abort.body",
                    text.length() + " characters",
                    "at most " + LONGEST_BODY));
        }
    }

    /**
     * The connection, or of HTTP/2 the stream, is reset.
     *
     * @param afterBytes once so much of the answer's body has passed, at least 0; an answer that ends by then passes
     *     whole. Absent: before the answer's head, and the application is not asked
     */
    record Reset(OptionalInt afterBytes) implements FaultEnd {

        public Reset {
            InvalidValueException.unless(
                    afterBytes.isEmpty() || afterBytes.getAsInt() >= 0,
                    "reset.afterBytes",
                    afterBytes.orElse(0),
                    ">= 0");
        }
    }
}
