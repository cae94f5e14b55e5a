package io.signalbox.mesh.client.attach;

/**
 * Asks a sidecar why one of its circuits last opened by itself.
 *
 * @param endpoint the instance called
 * @param question by which the {@link CircuitAnswer} names it
 */
public record CircuitQuestion(String endpoint, long question) {}
