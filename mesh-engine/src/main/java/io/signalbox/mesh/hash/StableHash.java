package io.signalbox.mesh.hash;

/**
 * 64-bit hashes that are the same in every process, on every machine, for ever.
 *
 * <p>FNV-1a over the UTF-16 units (low byte, then high byte), finished with MurmurHash3's {@code fmix64} so that
 * every bit of the result depends on every bit of the text: values such as {@code user-1}, {@code user-2} spread
 * evenly. Not for security: who chooses the value can choose the lot, or the endpoint.
 */
public final class StableHash {

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private StableHash() {}

    public static long of(long salt, String text) {
        return of(salt, text, 0, text.length());
    }

    public static long of(long salt, String text, int from, int to) {
        long hash = FNV_OFFSET ^ salt;
        for (int i = from; i < to; i++) {
            char unit = text.charAt(i);
            hash = (hash ^ (unit & 0xff)) * FNV_PRIME;
            hash = (hash ^ (unit >>> 8)) * FNV_PRIME;
        }
        return mix(hash);
    }

    public static long mix(long hash) {
        long mixed = hash;
        mixed = (mixed ^ (mixed >>> 33)) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ (mixed >>> 33);
    }

    /** Another hash of what was hashed, for each salt one that is independent of the others. */
    public static long mix(long hash, long salt) {
        return mix(mix(hash ^ salt) + salt);
    }

    /** The hash as a number between 0 and 1, neither of them included. */
    public static double unit(long hash) {
        return ((hash >>> 11) + 0.5) * 0x1p-53;
    }
}
