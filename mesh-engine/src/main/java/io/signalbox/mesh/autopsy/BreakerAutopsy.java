package io.signalbox.mesh.autopsy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why the circuits of an edge last opened by themselves.
 *
 * @param circuits those that have, the latest opening first; at least one
 * @param neverOpened the names of those that have not, such as {@code checkout-1->payment-2}
 * @param untold the names of those whose sidecars were asked and did not answer in time; {@code null} when all did
 */
public record BreakerAutopsy(
        List<CircuitAutopsy> circuits,
        List<String> neverOpened,
        @Nullable List<String> untold) {

    /** One of which all sidecars have told. */
    public BreakerAutopsy(List<CircuitAutopsy> circuits, List<String> neverOpened) {
        this(circuits, neverOpened, null);
    }

    public BreakerAutopsy {
        circuits = List.copyOf(circuits);
        neverOpened = List.copyOf(neverOpened);
        untold = untold == null || untold.isEmpty() ? null : List.copyOf(untold);
    }
}
