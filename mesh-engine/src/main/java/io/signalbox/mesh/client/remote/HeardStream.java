package io.signalbox.mesh.client.remote;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A stream that is closed when its reader has waited too long for the next byte. The time is counted in looks, so a process
 * that slept itself blames nobody. Read by one thread, looked at by another.
 */
final class HeardStream extends FilterInputStream {

    private final int patience;

    /** Counts each read when it begins and when it ends: odd while the reader waits. */
    private final AtomicLong turns = new AtomicLong();

    private long seen;
    private int looks;
    private volatile boolean silent;

    /** @param patience looks in a row that find the same read waiting before the stream is closed */
    HeardStream(InputStream stream, int patience) {
        super(stream);
        this.patience = patience;
    }

    /** Looks once, always on the same thread; whether the stream was closed for its silence. */
    boolean look() throws IOException {
        long now = turns.get();
        looks = now == seen && now % 2 == 1 ? looks + 1 : 0;
        seen = now;
        if (looks < patience) {
            return false;
        }
        silent = true;
        close();
        return true;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        turns.incrementAndGet();
        try {
            int count = super.read(into, offset, length);
            if (count < 0 && silent) {
                throw new IOException("the stream has ended");
            }
            return count;
        } catch (IOException e) {
            throw silent ? new IOException("nothing came any more, not even a sign of life", e) : e;
        } finally {
            turns.incrementAndGet();
        }
    }
}
