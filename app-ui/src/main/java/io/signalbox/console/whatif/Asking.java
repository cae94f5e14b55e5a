package io.signalbox.console.whatif;

import io.signalbox.mesh.whatif.WhatIf;
import java.util.List;

/** How far a question has come. */
public sealed interface Asking {

    /** Nobody asks. */
    record Idle() implements Asking {}

    /** The answer is awaited. */
    record Awaited() implements Asking {}

    /** One answer for each service. */
    record Told(List<WhatIf> answers) implements Asking {

        public Told {
            answers = List.copyOf(answers);
        }
    }

    /** Why there is no answer. */
    record Failed(String why) implements Asking {}
}
