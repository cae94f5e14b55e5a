package io.signalbox.mesh.proxy.tcp;

/**
 * Tells from the first bytes of a connection whether they begin a TLS handshake: a record of type handshake (22),
 * version 3.x, a length, and in it a ClientHello (1) (RFC 8446, 4 and 5.1).
 *
 * <p>Of a client that speaks first this is sound: none of the usual protocols begins like that. One that waits for the
 * server says nothing, so whoever asks must wait for a while only.
 */
final class FirstBytes {

    static final int NEEDED = 6;

    private static final int HANDSHAKE = 22;
    private static final int MAJOR_VERSION = 3;
    private static final int CLIENT_HELLO = 1;
    private static final int TYPE_AT = 5;

    /** What can be said. */
    enum Verdict {
        TLS,
        PLAIN,
        UNDECIDED
    }

    private FirstBytes() {}

    static Verdict of(byte[] bytes, int length) {
        boolean tlsSoFar = (length < 1 || bytes[0] == HANDSHAKE)
                && (length < 2 || bytes[1] == MAJOR_VERSION)
                && (length <= TYPE_AT || bytes[TYPE_AT] == CLIENT_HELLO);
        if (!tlsSoFar) {
            return Verdict.PLAIN;
        }
        return length < NEEDED ? Verdict.UNDECIDED : Verdict.TLS;
    }
}
