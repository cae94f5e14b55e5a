package io.signalbox.mesh.canary.rollout;

import java.time.Duration;
import java.time.Instant;

/**
 * How it stands with one webhook that is asked.
 *
 * @param webhook its name in the policy
 * @param asked how often it was asked without agreeing
 * @param said what came of the last time; empty before the first
 * @param next when it is asked, or asked again
 */
public record WebhookCall(String webhook, State state, int asked, String said, Instant next) {

    /** How often one is asked on which the rollout holds. */
    static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final int DOUBLINGS = 5;

    /** How soon after so many failures it is tried again: after a second first, twice as long after each one more. */
    public static Duration pause(int failures) {
        Duration grown = FIRST_PAUSE.multipliedBy(1L << Math.min(failures, DOUBLINGS));
        return grown.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : grown;
    }

    /** Whether something still depends on it. */
    public enum State {
        OPEN,
        AGREED,
        /** It did not agree, and the rollout went on nevertheless. */
        IGNORED
    }

    static WebhookCall toBeAsked(String webhook, Instant now) {
        return new WebhookCall(webhook, State.OPEN, 0, "", now);
    }

    WebhookCall agreed(String what) {
        return new WebhookCall(webhook, State.AGREED, asked, what, next);
    }

    WebhookCall ignored(String what) {
        return new WebhookCall(webhook, State.IGNORED, asked + 1, what, next);
    }

    WebhookCall again(String what, Instant at) {
        return new WebhookCall(webhook, State.OPEN, asked + 1, what, at);
    }
}
