package io.signalbox.console.policies;

/** Whether the mesh has told its policies. */
sealed interface Reading {

    record Asked() implements Reading {}

    record Told() implements Reading {}

    /** @param why in words for a person */
    record Failed(String why) implements Reading {}
}
