package io.signalbox.mesh.client.attach;

import io.signalbox.mesh.autopsy.CircuitAutopsy;
import org.jspecify.annotations.Nullable;

/**
 * What a sidecar answers when it is asked to move circuits, or why one opened.
 *
 * @param question the number of what was asked
 * @param moved how many circuits were moved
 * @param autopsy of the circuit that was asked about, by what this sidecar knows; {@code null} when it never opened by
 *     itself, or something else was asked
 */
public record CircuitAnswer(
        String service,
        String instance,
        long question,
        int moved,
        @Nullable CircuitAutopsy autopsy) {}
