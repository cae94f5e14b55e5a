package io.signalbox.mesh.proxy.io;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** What one connection gathers until it is sent, in an array of its loop's pool. Belongs to the loop's thread. */
public final class Outbox {

    private final BufferPool pool;
    private byte @Nullable [] bytes;
    private int start;
    private int end;
    private int layout;

    Outbox(BufferPool pool) {
        this.pool = pool;
    }

    /** Adds to what is sent next. */
    public void put(byte[] from, int offset, int length) {
        System.arraycopy(from, offset, room(length), end, length);
        end += length;
    }

    /** An array with that much room from {@link #mark} on; to be followed by {@link #advance}. */
    public byte[] room(int length) {
        byte[] array = bytes;
        if (array == null) {
            array = length <= BufferPool.SIZE ? pool.take() : new byte[length];
            start = 0;
            end = 0;
        } else if (array.length - end < length) {
            byte[] larger = new byte[Math.max(2 * array.length, end - start + length)];
            System.arraycopy(array, start, larger, 0, end - start);
            pool.give(array);
            array = larger;
            layout++;
            end -= start;
            start = 0;
        }
        bytes = array;
        return array;
    }

    /** Where in {@link #room} to write. */
    public int mark() {
        return end;
    }

    public void advance(int length) {
        end += length;
    }

    /** A number that changes whenever what {@link #mark} told before is no longer where it was. */
    public int layout() {
        return layout;
    }

    /** Changes an octet that has been put and not been sent, while the layout is the same. */
    public void overwrite(int at, byte octet) {
        if (bytes != null) {
            bytes[at] = octet;
        }
    }

    /** How much waits to be sent. */
    public int pending() {
        return end - start;
    }

    /** Whether all of it is gone. */
    boolean writeTo(SocketChannel socket) throws IOException {
        layout++;
        byte[] array = bytes;
        return array == null || written(array, socket.write(pool.view(array, start, end)));
    }

    /** Whether the layer has taken all of it. */
    boolean writeTo(TlsLayer layer) throws IOException {
        layout++;
        byte[] array = bytes;
        return array == null || written(array, layer.write(array, start, end - start));
    }

    private boolean written(byte[] array, int count) {
        start += count;
        if (start < end) {
            return false;
        }
        pool.give(array);
        bytes = null;
        start = 0;
        end = 0;
        return true;
    }

    /** Forgets what was not sent. */
    void drop() {
        byte[] array = bytes;
        if (array != null) {
            bytes = null;
            pool.give(array);
        }
        start = 0;
        end = 0;
    }
}
