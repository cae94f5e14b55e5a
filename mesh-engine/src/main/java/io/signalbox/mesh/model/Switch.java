package io.signalbox.mesh.model;

/** The position of something that is on or off. */
public enum Switch {
    ON,
    OFF
}
