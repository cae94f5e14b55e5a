package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.CircuitBreakerConfig;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.model.status.EjectionStatus;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where one circuit of a sidecar stands.
 *
 * @param destination the service called
 * @param endpoint the instance that the circuit guards
 * @param nextProbe when the first trial may pass; only while open
 * @param note the words of whoever moved it by hand
 * @param why what brought it into its state; {@code null} at the beginning
 * @param ejection why the endpoint is left out, whatever the circuit says; {@code null} when it is not
 */
public record CircuitReport(
        String destination,
        String endpoint,
        BreakerState state,
        Instant since,
        @Nullable Instant nextProbe,
        int failuresInARow,
        int trialsAdmitted,
        int trialsSucceeded,
        CircuitBreakerConfig config,
        long refused,
        @Nullable String note,
        @Nullable String why,
        @Nullable EjectionStatus ejection) {

    public CircuitReport {
        Objects.requireNonNull(destination, "destination");
        Objects.requireNonNull(endpoint, "endpoint");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(since, "since");
        Objects.requireNonNull(config, "config");
        InvalidValueException.unless(failuresInARow >= 0, "failuresInARow", failuresInARow, ">= 0");
        InvalidValueException.unless(trialsAdmitted >= 0, "trialsAdmitted", trialsAdmitted, ">= 0");
        InvalidValueException.unless(trialsSucceeded >= 0, "trialsSucceeded", trialsSucceeded, ">= 0");
        InvalidValueException.unless(refused >= 0, "refused", refused, ">= 0");
        if (ejection != null) {
            Objects.requireNonNull(ejection.reason(), "ejection.reason");
            Objects.requireNonNull(ejection.why(), "ejection.why");
            Objects.requireNonNull(ejection.at(), "ejection.at");
            Objects.requireNonNull(ejection.until(), "ejection.until");
        }
    }
}
