package io.signalbox.mesh.routing;

/**
 * A stable key that was drawn for a caller that had none.
 *
 * @param id which key it is a value of
 * @param hash of its value
 * @param cookie the {@code Set-Cookie} that gives it to the caller
 */
public record NewKey(int id, long hash, String cookie) {}
