package io.signalbox.mesh.proxy.conformance;

import java.io.IOException;

/** Bytes that are not HTTP/1.1 to the letter. */
final class MalformedException extends IOException {

    private static final long serialVersionUID = 1L;

    MalformedException(String what, String bytes) {
        super(what + ": " + Wire.shown(bytes));
    }
}
