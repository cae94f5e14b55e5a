package io.signalbox.mesh.proxy.http2.hpack;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Reads strings in the {@linkplain HuffmanCode code}: up to two symbols with one look at twelve bits. */
final class HuffmanReader {

    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN)
            .withInvokeExactBehavior();

    private static final int LOOKED_AT = 12;

    /** By the next bits: both symbols (8 bits each), the bits they take (4 at 16), their count (at 28); 0 for a longer code. */
    private static final int[] SYMBOLS = symbols();

    /** Fewer bits than in any octet: as many may be left over at the end. */
    private static final int PADDING = 7;

    private HuffmanReader() {}

    /** Octets that the buffer for a string of so many encoded ones must have. */
    static int room(int encoded) {
        return (int) (encoded * 8L / HuffmanCode.SHORTEST + 2);
    }

    /**
     * Reads a whole string.
     *
     * @param into takes the octets; those that do not fit, but for two, are read and left out
     * @return how many octets the string has
     */
    static int read(byte[] bytes, int from, int to, byte[] into) throws HpackException {
        int last = into.length - 2;
        int at = from;
        int length = 0;
        long bits = 0;
        int held = 0;
        while (true) {
            if (held <= 32 && to - at >= 4) {
                bits |= ((int) INTS.get(bytes, at) & 0xffff_ffffL) << (32 - held);
                held += 32;
                at += 4;
            }
            while (held <= 56 && at < to) {
                bits |= (bytes[at++] & 0xffL) << (56 - held);
                held += 8;
            }
            int symbols = next(bits);
            while (symbols != 0 && held >= LOOKED_AT) {
                int put = Math.min(length, last);
                into[put] = (byte) symbols;
                into[put + 1] = (byte) (symbols >>> 8);
                length += symbols >>> 28;
                bits <<= (symbols >>> 16) & 0xf;
                held -= (symbols >>> 16) & 0xf;
                symbols = next(bits);
            }
            if (held >= HuffmanCode.LONGEST) {
                int symbol = HuffmanCode.symbol((int) (bits >>> 32), LOOKED_AT + 1);
                refuseEnd(symbol);
                into[Math.min(length++, last)] = (byte) symbol;
                bits <<= HuffmanCode.LENGTHS[symbol];
                held -= HuffmanCode.LENGTHS[symbol];
            } else if (at == to) {
                return tail(bits, held, into, length);
            }
        }
    }

    /** The last bits, one symbol at a time, for the padding must not be taken for one. */
    private static int tail(long lastBits, int lastHeld, byte[] into, int before) throws HpackException {
        long bits = lastBits;
        int held = lastHeld;
        int length = before;
        while (held > 0) {
            int symbols = next(bits);
            int symbol = symbols != 0 ? symbols & 0xff : HuffmanCode.symbol((int) (bits >>> 32), LOOKED_AT + 1);
            int taken = HuffmanCode.LENGTHS[symbol];
            if (taken > held) {
                break;
            }
            refuseEnd(symbol);
            into[Math.min(length++, into.length - 2)] = (byte) symbol;
            bits <<= taken;
            held -= taken;
        }
        if (held > PADDING) {
            throw new HpackException("padding of a string: " + held + " bits (expected: 0..7)");
        }
        if (held > 0 && bits >>> (Long.SIZE - held) != (1L << held) - 1) {
            throw new HpackException("padding of a string: not all ones");
        }
        return length;
    }

    private static int next(long bits) {
        return SYMBOLS[(int) (bits >>> (Long.SIZE - LOOKED_AT))];
    }

    private static void refuseEnd(int symbol) throws HpackException {
        if (symbol == HuffmanCode.END) {
            throw new HpackException("the end of a string within it");
        }
    }

    private static int[] symbols() {
        int[] table = new int[1 << LOOKED_AT];
        for (int looked = 0; looked < table.length; looked++) {
            int bits = looked << (Integer.SIZE - LOOKED_AT);
            int one = HuffmanCode.symbol(bits, HuffmanCode.SHORTEST);
            int length = HuffmanCode.LENGTHS[one];
            if (length > LOOKED_AT) {
                continue;
            }
            int other = HuffmanCode.symbol(bits << length, HuffmanCode.SHORTEST);
            int both = length + HuffmanCode.LENGTHS[other];
            table[looked] =
                    both > LOOKED_AT ? one | (length << 16) | (1 << 28) : one | (other << 8) | (both << 16) | (2 << 28);
        }
        return table;
    }
}
