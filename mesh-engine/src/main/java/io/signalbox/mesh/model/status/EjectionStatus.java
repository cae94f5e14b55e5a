package io.signalbox.mesh.model.status;

import io.signalbox.mesh.model.EjectionReason;
import java.time.Instant;

/**
 * Why and how long a caller's sidecar leaves an endpoint out, whatever its circuit says.
 *
 * @param why the reason with its figures, in words for a person
 * @param times how often it has been left out in near succession, this time included
 * @param until when it serves again
 * @param ejected how many endpoints of the service this sidecar left out from then on, this one included
 * @param endpoints of how many
 */
public record EjectionStatus(
        EjectionReason reason, String why, int times, Instant at, Instant until, int ejected, int endpoints) {}
