package io.signalbox.console.widget;

import java.time.Duration;
import java.util.Optional;

/**
 * A short message that something happened or did not.
 *
 * @param state its lamp
 * @param title what happened, with the thing's name and value
 * @param detail a second line; may be empty
 * @param action what may be done about it
 * @param staysFor how long it is shown; empty until someone closes it
 */
public record Toast(
        LampState state, String title, String detail, Optional<Action> action, Optional<Duration> staysFor) {

    static final Duration SHORT = Duration.ofSeconds(6);
    static final Duration LONG = Duration.ofSeconds(12);

    /** A message for six seconds. */
    public static Toast of(LampState state, String title, String detail) {
        return new Toast(state, title, detail, Optional.empty(), Optional.of(SHORT));
    }

    /** A message with something to do about it, for twelve seconds. */
    public static Toast of(LampState state, String title, String detail, Action action) {
        return new Toast(state, title, detail, Optional.of(action), Optional.of(LONG));
    }

    /** A failure; it stays until someone closes it. */
    public static Toast failure(String title, String detail) {
        return new Toast(LampState.OPEN, title, detail, Optional.empty(), Optional.empty());
    }

    /** A failure with something to do about it; it stays until someone closes it. */
    public static Toast failure(String title, String detail, Action action) {
        return new Toast(LampState.OPEN, title, detail, Optional.of(action), Optional.empty());
    }
}
