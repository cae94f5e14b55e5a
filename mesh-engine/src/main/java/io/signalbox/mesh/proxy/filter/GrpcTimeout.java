package io.signalbox.mesh.proxy.filter;

import io.signalbox.mesh.proxy.transport.MessageHeaders;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long a gRPC caller waits for the whole of its call: {@code grpc-timeout}, one to eight digits and a unit (gRPC over
 * HTTP/2, Requests).
 */
public final class GrpcTimeout {

    private static final String NAME = "grpc-timeout";
    private static final int MOST_DIGITS = 8;
    private static final long LARGEST = 99_999_999;

    private GrpcTimeout() {}

    /** What the caller says, or {@code null}; what is no valid timeout is none. */
    public static @Nullable Duration asked(MessageHeaders headers) {
        String text = headers.first(NAME);
        if (text == null || text.length() < 2 || text.length() > MOST_DIGITS + 1) {
            return null;
        }
        long number = 0;
        for (int i = 0; i < text.length() - 1; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return null;
            }
            number = 10 * number + digit;
        }
        return switch (text.charAt(text.length() - 1)) {
            case 'H' -> Duration.ofHours(number);
            case 'M' -> Duration.ofMinutes(number);
            case 'S' -> Duration.ofSeconds(number);
            case 'm' -> Duration.ofMillis(number);
            case 'u' -> Duration.ofNanos(1_000 * number);
            case 'n' -> Duration.ofNanos(number);
            default -> null;
        };
    }

    /** Tells the next hop what is left. */
    public static void pass(MessageHeaders headers, Duration left) {
        long micros = left.toNanos() / 1_000;
        headers.set(
                NAME,
                micros <= LARGEST
                        ? micros + "u"
                        : left.toMillis() <= LARGEST
                                ? left.toMillis() + "m"
                                : Math.min(LARGEST, left.toSeconds()) + "S");
    }
}
