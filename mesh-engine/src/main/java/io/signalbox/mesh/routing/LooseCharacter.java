package io.signalbox.mesh.routing;

/**
 * A character of ASCII in a notation that no standard allows in a path, and some servers decode all the same:
 * {@code %u002f}, two bytes in place of one ({@code %c0%af}), and the full-width forms ({@code %ef%bc%8f}).
 */
final class LooseCharacter {

    private static final int U_LENGTH = 6;
    private static final int TWO_LENGTH = 6;
    private static final int THREE_LENGTH = 9;
    private static final int FULL_WIDTH_FIRST = 0xff01;
    private static final int FULL_WIDTH_LAST = 0xff5e;
    private static final int FULL_WIDTH_OFFSET = 0xfee0;

    private LooseCharacter() {}

    /** The character that begins there; -1 for none. */
    static int at(byte[] bytes, int at) {
        if (bytes[at] != '%' || at + U_LENGTH > bytes.length) {
            return -1;
        }
        if (bytes[at + 1] == 'u' || bytes[at + 1] == 'U') {
            int high = RequestPath.hexPair(bytes, at + 2);
            int low = RequestPath.hexPair(bytes, at + 4);
            return high < 0 || low < 0 ? -1 : ascii(high << 8 | low);
        }
        int first = RequestPath.hexPair(bytes, at + 1);
        int second = trailing(bytes, at + 3);
        if (first == 0xc0 || first == 0xc1) {
            return second < 0 ? -1 : (first & 1) << 6 | second;
        }
        int third = first == 0xef && second >= 0 ? trailing(bytes, at + TWO_LENGTH) : -1;
        return third < 0 ? -1 : fullWidth(0xf000 | second << 6 | third);
    }

    /** How many bytes it takes, if one begins there. */
    static int length(byte[] bytes, int at) {
        boolean three = bytes[at + 1] != 'u' && bytes[at + 1] != 'U' && RequestPath.hexPair(bytes, at + 1) == 0xef;
        return three ? THREE_LENGTH : TWO_LENGTH;
    }

    /** Six bits of an encoded byte that continues a character; -1 for any other. */
    private static int trailing(byte[] bytes, int at) {
        int octet = at < bytes.length && bytes[at] == '%' ? RequestPath.hexPair(bytes, at + 1) : -1;
        return octet >= 0x80 && octet < 0xc0 ? octet & 0x3f : -1;
    }

    private static int ascii(int character) {
        return character < 0x80 ? character : fullWidth(character);
    }

    private static int fullWidth(int character) {
        return character >= FULL_WIDTH_FIRST && character <= FULL_WIDTH_LAST ? character - FULL_WIDTH_OFFSET : -1;
    }
}
