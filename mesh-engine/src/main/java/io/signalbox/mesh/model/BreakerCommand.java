package io.signalbox.mesh.model;

/** What an operator does to a circuit. */
public enum BreakerCommand {
    /** Hold it open until it is closed or reset. */
    OPEN,
    /** Close it now and go on counting from zero. */
    CLOSE,
    /** Forget everything: closed, nothing counted, nothing held. */
    RESET
}
