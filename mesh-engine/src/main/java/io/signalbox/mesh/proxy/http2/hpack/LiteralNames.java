package io.signalbox.mesh.proxy.http2.hpack;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Names that came spelt out before, by their octets on the wire: one that comes again costs no new string. */
final class LiteralNames {

    /** Octets on the wire of the longest that is kept; so its length takes one octet. */
    private static final int LONGEST = 48;

    private static final int SLOTS = 64;

    private final @Nullable Known[] slots = new Known[SLOTS];

    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    private record Known(byte[] wire, String text) {}

    /**
     * A name that came before.
     *
     * @param from at the octet that says its length, and whether it is Huffman encoded
     */
    @Nullable
    String known(byte[] bytes, int from, int to) {
        if (to - from > LONGEST) {
            return null;
        }
        Known known = slots[slot(bytes, from, to)];
        if (known == null || !Arrays.equals(known.wire, 0, known.wire.length, bytes, from, to)) {
            return null;
        }
        return known.text;
    }

    void keep(byte[] bytes, int from, int to, String text) {
        if (to - from <= LONGEST) {
            slots[slot(bytes, from, to)] = new Known(Arrays.copyOfRange(bytes, from, to), text);
        }
    }

    private static int slot(byte[] bytes, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + bytes[i];
        }
        return (hash ^ (hash >>> 15)) & (SLOTS - 1);
    }
}
