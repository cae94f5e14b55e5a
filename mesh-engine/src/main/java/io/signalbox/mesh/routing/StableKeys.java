package io.signalbox.mesh.routing;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * The hashes of a caller's stable keys, such as its user id, as they travel from hop to hop.
 *
 * <p>As text each is the id of the key in 8 hexadecimal digits and its hash in 16, joined by {@code _}. Immutable; at most
 * {@value #MOST} keys.
 */
public final class StableKeys {

    public static final StableKeys NONE = new StableKeys(new int[0], new long[0]);

    /** As many as fit into a value of {@code tracestate}, which has 256 characters. */
    static final int MOST = 8;

    private static final int ID_DIGITS = 8;
    private static final int DIGITS = ID_DIGITS + 16;

    private final int[] ids;
    private final long[] hashes;

    private StableKeys(int[] ids, long[] hashes) {
        this.ids = ids;
        this.hashes = hashes;
    }

    /** What is malformed counts as absent. */
    public static StableKeys parse(String text) {
        int count = (text.length() + 1) / (DIGITS + 1);
        if (count == 0 || count > MOST || text.length() != count * (DIGITS + 1) - 1) {
            return NONE;
        }
        int[] ids = new int[count];
        long[] hashes = new long[count];
        for (int i = 0; i < count; i++) {
            int from = i * (DIGITS + 1);
            if ((i > 0 && text.charAt(from - 1) != '_') || !areDigits(text, from, from + DIGITS)) {
                return NONE;
            }
            ids[i] = HexFormat.fromHexDigits(text, from, from + ID_DIGITS);
            hashes[i] = HexFormat.fromHexDigitsToLong(text, from + ID_DIGITS, from + DIGITS);
        }
        return new StableKeys(ids, hashes);
    }

    /** These with that one in front, in place of an older value; the last one goes when there are too many. */
    public StableKeys with(int id, long hash) {
        int[] moreIds = new int[MOST];
        long[] moreHashes = new long[MOST];
        moreIds[0] = id;
        moreHashes[0] = hash;
        int count = 1;
        for (int i = 0; i < ids.length && count < MOST; i++) {
            if (ids[i] != id) {
                moreIds[count] = ids[i];
                moreHashes[count++] = hashes[i];
            }
        }
        return new StableKeys(Arrays.copyOf(moreIds, count), Arrays.copyOf(moreHashes, count));
    }

    public StableKeys with(NewKey key) {
        return with(key.id(), key.hash());
    }

    public boolean isEmpty() {
        return ids.length == 0;
    }

    boolean has(int id) {
        return indexOf(id) >= 0;
    }

    /** The hash of a key that is there. */
    long hash(int id) {
        return hashes[indexOf(id)];
    }

    private int indexOf(int id) {
        for (int i = 0; i < ids.length; i++) {
            if (ids[i] == id) {
                return i;
            }
        }
        return -1;
    }

    private static boolean areDigits(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(ids.length * (DIGITS + 1));
        for (int i = 0; i < ids.length; i++) {
            text.append(i == 0 ? "" : "_")
                    .append(HexFormat.of().toHexDigits(ids[i]))
                    .append(HexFormat.of().toHexDigits(hashes[i]));
        }
        return text.toString();
    }
}
