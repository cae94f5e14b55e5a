package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.model.BreakerCommand;
import io.signalbox.mesh.model.ChangeNote;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Moves circuits at the sidecars that other control planes have. */
@FunctionalInterface
interface Elsewhere {

    /** Asks at once; what is answered waits for what came of it. */
    Supplier<Moved> ask(String circuits, BreakerCommand command, ChangeNote note);

    /**
     * What became of it.
     *
     * @param silent instances whose sidecars did not say
     */
    record Moved(int circuits, List<String> silent) {

        static final Moved NONE = new Moved(0, List.of());

        public Moved {
            silent = List.copyOf(silent);
        }

        Moved and(Moved other) {
            List<String> all = new ArrayList<>(silent);
            all.addAll(other.silent);
            return new Moved(circuits + other.circuits, all);
        }
    }

    /** Where there are no others. */
    static Elsewhere nowhere() {
        return (_, _, _) -> () -> Moved.NONE;
    }
}
