package io.signalbox.mesh.client;

import io.signalbox.mesh.model.InvalidValueException;
import java.time.Duration;
import java.time.Instant;

/**
 * A change of a policy that is taken back by itself unless somebody confirms it in time.
 *
 * @param revision that is in force until then
 * @param back the revision whose text comes back; 0 for the defaults that nobody wrote
 * @param until by the control plane's clock
 * @param leftMillis how long that was away when it was told, for whose clock is another
 * @param by who changed it
 */
public record PendingChange(
        String service, long revision, long back, Instant until, long leftMillis, String by, String reason) {

    /** The shortest time that may be given to confirm. */
    public static final Duration SHORTEST = Duration.ofSeconds(1);

    /** The longest one. */
    public static final Duration LONGEST = Duration.ofHours(24);

    /** Refuses a time out of bounds. */
    public static Duration within(Duration time) {
        InvalidValueException.unless(
                time.compareTo(SHORTEST) >= 0 && time.compareTo(LONGEST) <= 0, "confirmWithin", time, "1s to 24h");
        return time;
    }
}
