package io.signalbox.mesh.controlplane;

/** Numbers in keys: as many digits each, so that keys sort as the numbers do. */
final class Serial {

    private static final String DIGITS = "%019d";

    private Serial() {}

    static String of(long number) {
        return DIGITS.formatted(number);
    }
}
