package io.signalbox.mesh.model.status;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How it stands with a webhook that a rollout asks.
 *
 * @param name of the policy
 * @param asked how often it was asked without agreeing
 * @param said what came of the last time, such as {@code answered 503 in 12 ms}; empty before the first
 * @param next when it is asked again; {@code null} once nothing depends on it any more
 */
public record WebhookStatus(
        String name,
        State state,
        int asked,
        String said,
        @Nullable Instant next) {

    /** Whether something still depends on it. */
    public enum State {
        OPEN,
        AGREED,
        /** It did not agree, and the rollout went on nevertheless. */
        IGNORED
    }
}
