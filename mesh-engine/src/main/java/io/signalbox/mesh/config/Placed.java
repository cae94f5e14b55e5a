package io.signalbox.mesh.config;

import io.signalbox.mesh.model.InvalidValueException;

/**
 * A value beside its place in a file, for what is only found wrong once the file was read.
 *
 * @param place such as {@code storefront.yaml: line 9, column 20: outbound.port}
 */
public record Placed<T>(T value, String place) {

    /** Reads {@code storefront.yaml: line 9, column 20: outbound.port: 80 (expected: a free port)}. */
    public InvalidValueException refused(String expected) {
        return new InvalidValueException(place, value, expected);
    }
}
