package io.signalbox.mesh.proxy.http2.hpack;

/** A field block that breaks RFC 7541. The tables are out of step from here on, so the connection cannot go on. */
public final class HpackException extends Exception {

    private static final long serialVersionUID = 1L;

    HpackException(String why) {
        super(why, null, false, false);
    }
}
