package io.signalbox.mesh.proxy.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What has been read from a wire and not yet been used. Between events it holds an array only while something is left
 * over, so a quiet connection costs nothing.
 */
public final class Inbox {

    private static final byte[] NOTHING = {};

    /** A TLS record comes whole or not at all. */
    private static final int LEAST_ROOM = 17 * 1024;

    private final BufferPool pool;
    private byte @Nullable [] own;
    public byte[] bytes = NOTHING;
    public int start;
    public int end;

    public Inbox(BufferPool pool) {
        this.pool = pool;
    }

    public int size() {
        return end - start;
    }

    public boolean isEmpty() {
        return start == end;
    }

    /**
     * Reads once.
     *
     * @return how much; 0 when nothing was there or there is no room, -1 at the end
     */
    public int fill(Wire wire) throws IOException {
        if (isEmpty()) {
            release();
            bytes = wire.loop().readArray();
            int count = wire.read(wire.loop().readBuffer());
            start = 0;
            end = Math.max(0, count);
            return count;
        }
        keep();
        while (bytes.length - end < LEAST_ROOM) {
            makeRoom();
        }
        int count = wire.read(ByteBuffer.wrap(bytes, end, bytes.length - end));
        if (count > 0) {
            end += count;
        }
        return count;
    }

    /** To be called before an event ends: what is left moves out of the loop's shared array. */
    public void keep() {
        if (isEmpty()) {
            release();
        } else if (own == null) {
            byte[] array = size() <= BufferPool.SIZE ? pool.take() : new byte[size()];
            System.arraycopy(bytes, start, array, 0, size());
            end -= start;
            start = 0;
            own = array;
            bytes = array;
        }
    }

    public void release() {
        byte[] array = own;
        if (array != null) {
            own = null;
            pool.give(array);
        }
        bytes = NOTHING;
        start = 0;
        end = 0;
    }

    private void makeRoom() {
        if (start > 0) {
            System.arraycopy(bytes, start, bytes, 0, size());
            end -= start;
            start = 0;
        } else {
            byte[] larger = new byte[2 * bytes.length];
            System.arraycopy(bytes, 0, larger, 0, end);
            pool.give(bytes);
            own = larger;
            bytes = larger;
        }
    }
}
