package io.signalbox.mesh.resilience;

import io.signalbox.mesh.model.InvalidValueException;

/**
 * An attempt whose outcome is in question, with what decides whether it may be repeated.
 *
 * @param method of the request, in capitals
 * @param number which attempt of the request this was, from 1
 */
public record FailedAttempt(String method, int number, AttemptOutcome outcome, Reach reach, Body body) {

    public FailedAttempt {
        InvalidValueException.unless(number >= 1, "attempt.number", number, ">= 1");
    }

    /** How far the request may have come. */
    public enum Reach {
        /** It certainly did not reach the application: repeating it repeats nothing. */
        NOT_REACHED,
        /** It may have, so the application may have acted on it. */
        MAYBE_REACHED
    }

    /** Whether what was sent can be sent again. */
    public enum Body {
        /** There is none, or all of it is kept. */
        REPLAYABLE,
        /** Part of it was passed on and not kept. */
        GONE
    }

    boolean reachedNothing() {
        return reach == Reach.NOT_REACHED || outcome instanceof AttemptOutcome.ConnectFailed;
    }
}
