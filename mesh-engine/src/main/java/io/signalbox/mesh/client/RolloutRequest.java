package io.signalbox.mesh.client;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a rollout is asked to be; what is left out is the word of the policy's canary, or else the documented default.
 *
 * @param candidate {@code null} for that of the policy's canary
 * @param stable {@code null} for that of the policy's canary, or the version that has all requests
 * @param headers of requests that alone go to the candidate at first, by name; {@code null} for the policy's stages
 * @param mirror percent of the safe requests that are copied to the candidate at first; {@code null} for the policy's stages
 * @param stageDelay the least time of either; {@code null} for that of the steps
 * @param keepFor for blue/green: how long the old version is kept once all requests have moved at once
 */
public record RolloutRequest(
        @Nullable String candidate,
        @Nullable String stable,
        @Nullable Integer initialWeight,
        @Nullable Integer incrementStep,
        @Nullable Duration incrementDelay,
        @Nullable Integer maxWeight,
        @Nullable Double successRate,
        @Nullable Duration bakeTime,
        @Nullable Map<String, String> headers,
        @Nullable Double mirror,
        @Nullable Duration stageDelay,
        @Nullable Duration keepFor) {

    /** As the policy's canary says. */
    public static final RolloutRequest OF_THE_POLICY =
            new RolloutRequest(null, null, null, null, null, null, null, null);

    /** The same, from another stable version. */
    public RolloutRequest from(String version) {
        return new RolloutRequest(
                candidate,
                version,
                initialWeight,
                incrementStep,
                incrementDelay,
                maxWeight,
                successRate,
                bakeTime,
                headers,
                mirror,
                stageDelay,
                keepFor);
    }

    /** One that leaves its first stages to the policy. */
    public RolloutRequest(
            @Nullable String candidate,
            @Nullable String stable,
            @Nullable Integer initialWeight,
            @Nullable Integer incrementStep,
            @Nullable Duration incrementDelay,
            @Nullable Integer maxWeight,
            @Nullable Double successRate,
            @Nullable Duration bakeTime) {
        this(
                candidate,
                stable,
                initialWeight,
                incrementStep,
                incrementDelay,
                maxWeight,
                successRate,
                bakeTime,
                null,
                null,
                null,
                null);
    }

    /** Of that version, with all else as the policy says or by default. */
    public static RolloutRequest of(String candidate) {
        return new RolloutRequest(candidate, null, null, null, null, null, null, null);
    }
}
