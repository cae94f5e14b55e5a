package io.signalbox.mesh.autopsy;

import io.signalbox.mesh.model.BreakerState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How many calls of one sidecar its circuit has refused since it opened. A call is refused only when no other endpoint
 * could take it.
 *
 * @param sourceInstance whose calls they were
 * @param state of its circuit now
 * @param first when; {@code null} while there is none
 * @param last when; {@code null} while there is none
 */
public record RefusedSource(
        String sourceInstance,
        BreakerState state,
        long calls,
        @Nullable Instant first,
        @Nullable Instant last) {}
