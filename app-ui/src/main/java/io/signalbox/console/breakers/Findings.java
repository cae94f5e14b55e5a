package io.signalbox.console.breakers;

import io.signalbox.mesh.autopsy.CircuitAutopsy;

/** What is known of why a circuit opened. */
sealed interface Findings {

    /** The mesh has not answered yet. */
    record Asked() implements Findings {}

    record Told(CircuitAutopsy circuit) implements Findings {}

    /** It has never opened by itself. */
    record Never() implements Findings {}

    record Failed(String why) implements Findings {}
}
