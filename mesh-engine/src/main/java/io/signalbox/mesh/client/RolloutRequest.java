package io.signalbox.mesh.client;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a rollout is asked to be; what is left out is the word of the policy's canary, or else the documented default.
 *
 * @param candidate {@code null} for that of the policy's canary
 * @param stable {@code null} for that of the policy's canary, or the version that has all requests
 */
public record RolloutRequest(
        @Nullable String candidate,
        @Nullable String stable,
        @Nullable Integer initialWeight,
        @Nullable Integer incrementStep,
        @Nullable Duration incrementDelay,
        @Nullable Integer maxWeight,
        @Nullable Double successRate,
        @Nullable Duration bakeTime) {

    /** As the policy's canary says. */
    public static final RolloutRequest OF_THE_POLICY =
            new RolloutRequest(null, null, null, null, null, null, null, null);

    /** The same, from another stable version. */
    public RolloutRequest from(String version) {
        return new RolloutRequest(
                candidate, version, initialWeight, incrementStep, incrementDelay, maxWeight, successRate, bakeTime);
    }

    /** Of that version, with all else as the policy says or by default. */
    public static RolloutRequest of(String candidate) {
        return new RolloutRequest(candidate, null, null, null, null, null, null, null);
    }
}
