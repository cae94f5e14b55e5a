package io.signalbox.mesh.routing;

/**
 * A 64-bit hash of text that is the same in every process, on every machine, for ever.
 *
 * <p>FNV-1a over the UTF-16 units (low byte, then high byte), finished with MurmurHash3's {@code fmix64} so that
 * every bit of the result depends on every bit of the text: values such as {@code user-1}, {@code user-2} spread
 * evenly. Not for security: who chooses the value can choose the lot.
 */
final class StableHash {

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private StableHash() {}

    static long of(long salt, String text) {
        long hash = FNV_OFFSET ^ salt;
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            hash = (hash ^ (unit & 0xff)) * FNV_PRIME;
            hash = (hash ^ (unit >>> 8)) * FNV_PRIME;
        }
        return fmix64(hash);
    }

    /** Another hash of what was hashed, for each salt one that is independent of the others. */
    static long mix(long hash, long salt) {
        return fmix64(fmix64(hash ^ salt) + salt);
    }

    private static long fmix64(long hash) {
        long mixed = hash;
        mixed = (mixed ^ (mixed >>> 33)) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ (mixed >>> 33);
    }
}
