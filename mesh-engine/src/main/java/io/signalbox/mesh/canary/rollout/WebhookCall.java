package io.signalbox.mesh.canary.rollout;

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
