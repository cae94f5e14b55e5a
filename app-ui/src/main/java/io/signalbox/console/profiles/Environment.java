package io.signalbox.console.profiles;

/** How careful to be with a mesh. */
public enum Environment {
    DEV,
    TEST,
    PROD
}
