package io.signalbox.mesh.cli;

/**
 * What one check found.
 *
 * @param check what was looked at, such as {@code java}
 * @param found what is there
 * @param hint what to do about it; empty when all is well
 */
record Finding(String check, Outcome outcome, String found, String hint) {

    static Finding holds(String check, String found) {
        return new Finding(check, Outcome.OK, found, "");
    }

    static Finding fails(String check, String found, String hint) {
        return new Finding(check, Outcome.FAILED, found, hint);
    }

    static Finding lacks(String check, String found, String hint) {
        return new Finding(check, Outcome.NOTE, found, hint);
    }

    /** How a check ended. */
    enum Outcome {
        OK,
        /** Something is missing that only part of the program needs. */
        NOTE,
        FAILED
    }
}
