package io.signalbox.mesh.controlplane;

/**
 * A step of a rollout that is in force.
 *
 * @param stored the store's revision that wrote it
 */
record Driven(PolicyRevision before, PolicyRevision now, long stored) {}
