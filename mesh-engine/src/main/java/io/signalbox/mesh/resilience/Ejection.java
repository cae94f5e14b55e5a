package io.signalbox.mesh.resilience;

import io.signalbox.mesh.model.EjectionReason;
import java.time.Instant;

/**
 * Why and how long an endpoint is left out.
 *
 * @param times how often it has been left out in near succession, this time included; it goes down by one for each base
 *     time that it serves again
 * @param until when it serves again
 * @param ejected how many of its service's endpoints were left out from then on, itself included
 * @param endpoints how many there were
 */
public record Ejection(Why why, int times, Instant at, Instant until, int ejected, int endpoints) {

    /** What an endpoint was left out for. */
    public sealed interface Why {

        default EjectionReason reason() {
            return switch (this) {
                case FailuresInARow _ -> EjectionReason.FAILURES_IN_A_ROW;
                case LowSuccessRate _ -> EjectionReason.LOW_SUCCESS_RATE;
            };
        }

        /** So many calls failed one after another. */
        record FailuresInARow(int failures) implements Why {}

        /** Its share of successes was lower than that of the others allows. */
        record LowSuccessRate(double rate, double mean, double threshold, long calls) implements Why {}
    }
}
