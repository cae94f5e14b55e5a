package io.signalbox.mesh.proxy.http2.hpack;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A buffer that field blocks are appended to, and the names that its encoders have met. It is made for one thread, to be
 * used again for every block of all its connections.
 */
public final class HpackOutput {

    private static final int USUAL = 1024;

    /** A larger buffer is not kept for the next block. */
    private static final int MOST_KEPT = 65_536;

    private static final int NAMES = 512;
    private static final int LONGEST_NAME_KEPT = 64;

    /** Of an integer. */
    private static final int MOST_OCTETS = 6;

    private final @Nullable Name[] names = new Name[NAMES];
    private byte[] bytes = new byte[USUAL];
    private int length;

    /** The buffer: what was appended is at its beginning. It is another one after each growth. */
    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return length;
    }

    /** Begins again with nothing. */
    public void reset() {
        length = 0;
        if (bytes.length > MOST_KEPT) {
            bytes = new byte[USUAL];
        }
    }

    /** An integer (RFC 7541, 5.1) whose first octet has other bits before the mask. */
    void integer(int before, int mask, int value) {
        room(MOST_OCTETS);
        length = integer(length, before, mask, value);
    }

    /** Octets that are already as they go over the wire. */
    void octets(byte[] octets) {
        room(octets.length);
        System.arraycopy(octets, 0, bytes, length, octets.length);
        length += octets.length;
    }

    /** A string (RFC 7541, 5.2), Huffman encoded if that makes it shorter. */
    void string(String text) {
        int count = text.length();
        room(2 * (count + MOST_OCTETS));
        // First where nothing that is written from here on can reach it: the encoded string is the shorter one.
        int raw = length + MOST_OCTETS + count;
        copy(text, bytes, raw);
        int size = HuffmanWriter.size(bytes, raw, raw + count);
        if (size < count) {
            length = integer(length, 0x80, 0x7f, size);
            HuffmanWriter.write(bytes, raw, raw + count, length);
            length += size;
        } else {
            length = integer(length, 0, 0x7f, count);
            System.arraycopy(bytes, raw, bytes, length, count);
            length += count;
        }
    }

    /** What is known of a name; one that comes again costs nothing. */
    Name name(String given) {
        int hash = given.hashCode();
        int slot = (hash ^ (hash >>> 15)) & (NAMES - 1);
        Name name = names[slot];
        if (name != null && name.given().equals(given)) {
            return name;
        }
        String text = lowerCase(given);
        Name fresh = Name.of(given, text, literal(text));
        if (given.length() <= LONGEST_NAME_KEPT) {
            names[slot] = fresh;
        }
        return fresh;
    }

    private byte[] literal(String text) {
        int mark = length;
        string(text);
        byte[] literal = Arrays.copyOfRange(bytes, mark, length);
        length = mark;
        return literal;
    }

    private int integer(int at, int before, int mask, int value) {
        if (value < mask) {
            bytes[at] = (byte) (before | value);
            return at + 1;
        }
        bytes[at] = (byte) (before | mask);
        int next = at + 1;
        int rest = value - mask;
        for (; rest >= 0x80; rest >>>= 7) {
            bytes[next++] = (byte) (rest | 0x80);
        }
        bytes[next++] = (byte) rest;
        return next;
    }

    private void room(int octets) {
        if (octets > bytes.length - length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + octets));
        }
    }

    /** ASCII only: beyond it, a name is no name. */
    private static String lowerCase(String name) {
        int upper = 0;
        while (upper < name.length() && !isUpper(name.charAt(upper))) {
            upper++;
        }
        if (upper == name.length()) {
            return name;
        }
        StringBuilder lower = new StringBuilder(name);
        for (int i = upper; i < name.length(); i++) {
            if (isUpper(name.charAt(i))) {
                lower.setCharAt(i, (char) (name.charAt(i) | 0x20));
            }
        }
        return lower.toString();
    }

    private static boolean isUpper(char c) {
        return c >= 'A' && c <= 'Z';
    }

    @SuppressWarnings("deprecation") // the method that does just this, and as one copy
    private static void copy(String text, byte[] array, int at) {
        text.getBytes(0, text.length(), array, at);
    }
}
