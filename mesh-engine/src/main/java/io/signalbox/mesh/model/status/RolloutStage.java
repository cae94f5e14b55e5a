package io.signalbox.mesh.model.status;

import io.signalbox.mesh.model.CanaryStep;
import java.time.Duration;
import java.util.Locale;

/**
 * What comes before the first share of a rollout, as it is told.
 *
 * @param of which requests it is about, for people: {@code X-Beta: yes}, {@code 50 % of GET, HEAD}
 * @param delay the least time that is watched
 * @param gate whether a person has to say that it goes on
 */
public record RolloutStage(Kind kind, String of, Duration delay, CanaryStep.Gate gate) {

    /** What the candidate is sent. */
    public enum Kind {
        /** Requests that match, mostly by a header. */
        HEADERS,
        /** Copies of requests, whose answers nobody gets. */
        MIRROR;

        public String words() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
