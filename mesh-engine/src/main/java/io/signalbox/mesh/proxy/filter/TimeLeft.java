package io.signalbox.mesh.proxy.filter;

import io.signalbox.mesh.proxy.transport.MessageHeaders;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How long a caller's sidecar still waits for the answer's head: {@link MeshFields#DEADLINE}, whole milliseconds. */
public final class TimeLeft {

    /** Eleven days; what is longer is as good as none. */
    private static final int MOST_DIGITS = 9;

    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long LONGEST = 999_999_999;

    private TimeLeft() {}

    /** What the peer says, or {@code null}; what is no number is nothing said. */
    public static @Nullable Duration said(MessageHeaders headers) {
        String text = headers.first(MeshFields.DEADLINE);
        if (text == null || text.isEmpty() || text.length() > MOST_DIGITS) {
            return null;
        }
        long millis = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return null;
            }
            millis = 10 * millis + digit;
        }
        return Duration.ofMillis(millis);
    }

    /** Tells the next hop, rounded up: it is not to give up before this one does. */
    public static void tell(MessageHeaders headers, Duration left) {
        long millis =
                left.toSeconds() > LONGEST / 1_000 ? LONGEST : (left.toNanos() + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI;
        headers.set(MeshFields.DEADLINE, Long.toString(millis));
    }
}
