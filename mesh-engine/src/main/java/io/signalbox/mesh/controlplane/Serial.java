package io.signalbox.mesh.controlplane;

/** Numbers in keys: as many digits each, so that keys sort as the numbers do. */
final class Serial {

    private Serial() {}

    static String of(long number) {
        return "%019d".formatted(number);
    }
}
