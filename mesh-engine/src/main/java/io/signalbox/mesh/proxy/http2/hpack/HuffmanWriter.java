package io.signalbox.mesh.proxy.http2.hpack;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Writes strings in the {@linkplain HuffmanCode code}. */
final class HuffmanWriter {

    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN)
            .withInvokeExactBehavior();

    /** By octet: the code, and at 32 its length; one look instead of two. */
    private static final long[] CODES = new long[256];

    static {
        for (int octet = 0; octet < CODES.length; octet++) {
            CODES[octet] = (long) HuffmanCode.LENGTHS[octet] << 32 | HuffmanCode.CODES[octet];
        }
    }

    private HuffmanWriter() {}

    /** How many octets these take when encoded. */
    static int size(byte[] bytes, int from, int to) {
        long bits = 0;
        for (int i = from; i < to; i++) {
            bits += HuffmanCode.LENGTHS[bytes[i] & 0xff];
        }
        return (int) ((bits + 7) >>> 3);
    }

    /**
     * Encodes octets of an array within that array.
     *
     * @param at where the encoded ones begin; all of them must fit before {@code from}
     */
    static void write(byte[] bytes, int from, int to, int at) {
        int next = at;
        long bits = 0;
        int held = 0;
        for (int i = from; i < to; i++) {
            long code = CODES[bytes[i] & 0xff];
            int length = (int) (code >>> 32);
            bits = (bits << length) | (int) code;
            held += length;
            if (held >= 32) {
                held -= 32;
                INTS.set(bytes, next, (int) (bits >>> held));
                next += 4;
            }
        }
        int padding = -held & 7;
        bits = (bits << padding) | ((1 << padding) - 1);
        for (held += padding; held > 0; held -= 8) {
            bytes[next++] = (byte) (bits >>> (held - 8));
        }
    }
}
