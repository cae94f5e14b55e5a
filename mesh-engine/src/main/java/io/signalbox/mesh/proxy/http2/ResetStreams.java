package io.signalbox.mesh.proxy.http2;

/** The streams that were reset last, of which frames may still be on their way. */
final class ResetStreams {

    private static final int KEPT = 256;

    private final int[] ids = new int[KEPT];
    private int next;

    void add(int id) {
        ids[next] = id;
        next = (next + 1) % KEPT;
    }

    boolean contains(int id) {
        for (int known : ids) {
            if (known == id) {
                return true;
            }
        }
        return false;
    }
}
