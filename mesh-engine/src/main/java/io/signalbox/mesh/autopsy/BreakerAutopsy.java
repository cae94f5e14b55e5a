package io.signalbox.mesh.autopsy;

import java.util.List;

/**
 * Why the circuits of an edge last opened by themselves.
 *
 * @param circuits those that have, the latest opening first; at least one
 * @param neverOpened the names of those that have not, such as {@code checkout-1->payment-2}
 */
public record BreakerAutopsy(List<CircuitAutopsy> circuits, List<String> neverOpened) {

    public BreakerAutopsy {
        circuits = List.copyOf(circuits);
        neverOpened = List.copyOf(neverOpened);
    }
}
