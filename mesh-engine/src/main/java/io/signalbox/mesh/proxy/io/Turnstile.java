package io.signalbox.mesh.proxy.io;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Lets only so many wires begin something new in one turn of their loop; the others wait in the order in which they came,
 * unread. So a loop that has more to do than it can finishes what it has begun before it begins more, and a crowd of
 * callers does not become a crowd of requests under way. Belongs to the loop's thread.
 */
final class Turnstile {

    /** 64 busy callers on two loops are not held up, on average. */
    private static final int EACH_TURN = 32;

    private final ArrayDeque<Wire> waiting = new ArrayDeque<>();
    private int begun;

    /** Whether the wire may begin now; else it waits until {@link #next} gives it. */
    boolean admits(Wire wire) {
        if (begun < EACH_TURN && waiting.isEmpty()) {
            begun++;
            return true;
        }
        waiting.add(wire);
        return false;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    void newTurn() {
        begun = 0;
    }

    /** Who waits and may begin in this turn. */
    @Nullable
    Wire next() {
        Wire wire = begun < EACH_TURN ? waiting.poll() : null;
        if (wire != null) {
            begun++;
        }
        return wire;
    }
}
