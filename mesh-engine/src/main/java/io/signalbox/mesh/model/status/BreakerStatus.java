package io.signalbox.mesh.model.status;

import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.CircuitBreakerConfig;
import io.signalbox.mesh.model.EdgeId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One circuit: from one caller's sidecar to one endpoint.
 *
 * @param sourceInstance the caller's instance, such as {@code checkout-1}
 * @param endpoint the instance called, such as {@code payment-2}
 * @param nextProbe when the first trial may pass; only while open
 * @param failuresInARow counted while closed
 * @param trialsAdmitted let through in this half-open period
 * @param trialsSucceeded of those, how many succeeded
 * @param calls let through in the last minute
 * @param failures of those, how many failed
 * @param refused since it last opened
 * @param note the words of whoever moved it by hand
 * @param ejection why the caller leaves the endpoint out, whatever the circuit says; {@code null} when it does not
 */
public record BreakerStatus(
        EdgeId edge,
        String sourceInstance,
        String endpoint,
        BreakerState state,
        Instant since,
        @Nullable Instant nextProbe,
        int failuresInARow,
        int trialsAdmitted,
        int trialsSucceeded,
        CircuitBreakerConfig config,
        long calls,
        long failures,
        long refused,
        @Nullable String note,
        @Nullable EjectionStatus ejection) {

    /** Names the circuit among all: {@code checkout-1->payment-2}. */
    public String id() {
        return sourceInstance + "->" + endpoint;
    }
}
