package io.signalbox.mesh.proxy.io;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/** Byte arrays of one size, used again and again by one event loop. Belongs to that loop's thread. */
public final class BufferPool {

    /** Holds the largest TLS record with room to spare. */
    public static final int SIZE = 32 * 1024;

    private static final int KEPT = 64;

    private final ArrayDeque<byte[]> free = new ArrayDeque<>(KEPT);
    private byte[] viewed = {};
    private ByteBuffer view = ByteBuffer.wrap(viewed);

    public byte[] take() {
        byte[] array = free.pollLast();
        return array == null ? new byte[SIZE] : array;
    }

    /** That range of an array, until the next one is viewed. The array given back last is the next one taken. */
    @SuppressWarnings("ReferenceEquality") // it is the array that counts, not what it holds
    ByteBuffer view(byte[] array, int from, int to) {
        if (viewed != array) {
            viewed = array;
            view = ByteBuffer.wrap(array);
        }
        return view.limit(to).position(from);
    }

    /** Takes an array back; one of another size, grown by its user, is left to the collector. */
    public void give(byte[] array) {
        if (array.length == SIZE && free.size() < KEPT) {
            free.addLast(array);
        }
    }
}
