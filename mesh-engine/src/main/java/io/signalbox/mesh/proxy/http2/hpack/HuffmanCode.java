package io.signalbox.mesh.proxy.http2.hpack;

/**
 * The code of RFC 7541, appendix B: a sequence of 5 to 30 bits for every octet, and one for the end of a string.
 *
 * <p>It is a canonical code: of two symbols with equally many bits the greater has the greater bits, and fewer bits sort
 * first. So the lengths tell all.
 */
final class HuffmanCode {

    static final int SHORTEST = 5;
    static final int LONGEST = 30;
    static final int END = 256;

    /** Lengths of the symbols 0 to 256, as letters: {@code a} is 5, {@code z} is 30. */
    private static final String LETTERS = "isxxxxxxxtzxxzxxxxxxxxzxxxxxxxxxbffhibdgffdgdbbbaaabbbbbbbcdkbhf"
            + "ibccccccccccccccccccccccdcdioijbkabababbbaccbbbabcbaabccccckgjix"
            + "prpprrrsrssssststtrstssssqrsrsstrqprrssqsrrtqrssqqrqsrssprrrsrrs"
            + "vvporsruvvvwwvtuoqvwwvwtqqvvxwwwptpqrqqsrruuttvsvwvvwwwwwxwwwwwv"
            + "z";

    /** By symbol: how many bits. */
    static final byte[] LENGTHS = new byte[END + 1];

    /** By symbol: the bits, at the right. */
    static final int[] CODES = new int[END + 1];

    /** Symbols in the order of their bits. */
    private static final short[] ORDER = new short[END + 1];

    /** By length: the least code, how many have that length, and where they begin in the order. */
    private static final int[] LEAST = new int[LONGEST + 1];

    private static final int[] COUNT = new int[LONGEST + 1];
    private static final int[] BEGIN = new int[LONGEST + 1];

    static {
        int next = 0;
        int code = 0;
        for (int length = SHORTEST; length <= LONGEST; length++) {
            code <<= 1;
            LEAST[length] = code;
            BEGIN[length] = next;
            for (int symbol = 0; symbol <= END; symbol++) {
                if (LETTERS.charAt(symbol) - 'a' + SHORTEST == length) {
                    LENGTHS[symbol] = (byte) length;
                    CODES[symbol] = code++;
                    ORDER[next++] = (short) symbol;
                }
            }
            COUNT[length] = next - BEGIN[length];
        }
    }

    private HuffmanCode() {}

    /**
     * The symbol that begins with the first of these bits. The code is complete: there always is one.
     *
     * @param bits at the left of 32
     * @param from a length that the symbol has at least
     */
    static int symbol(int bits, int from) {
        for (int length = from; ; length++) {
            int nth = (bits >>> (Integer.SIZE - length)) - LEAST[length];
            if (nth < COUNT[length]) {
                return ORDER[BEGIN[length] + nth];
            }
        }
    }
}
