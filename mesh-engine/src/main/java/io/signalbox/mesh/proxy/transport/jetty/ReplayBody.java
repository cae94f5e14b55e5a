package io.signalbox.mesh.proxy.transport.jetty;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/**
 * The body of one downstream request, read by one attempt after another.
 *
 * <p>While recording, what has been read is kept up to a limit, and the next attempt gets it first. Past the limit
 * nothing is kept and the body cannot be sent again. Only the latest attempt reads; to earlier ones the body has failed.
 * Safe to use from any thread; nothing is called while its lock is held, save the non-blocking read of the source.
 */
final class ReplayBody {

    private final Content.Source source;
    private final long length;
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private @Nullable ByteArrayOutputStream recorded;

    @GuardedBy("lock")
    private int limit;

    @GuardedBy("lock")
    private boolean untouched = true;

    @GuardedBy("lock")
    private boolean ended;

    @GuardedBy("lock")
    private @Nullable Reader current;

    @GuardedBy("lock")
    private boolean demanded;

    @GuardedBy("lock")
    private @Nullable Runnable waiting;

    ReplayBody(Content.Source source, long length) {
        this.source = source;
        this.length = length;
    }

    void record(int limitBytes) {
        lock.lock();
        try {
            if (untouched) {
                recorded = new ByteArrayOutputStream();
                limit = limitBytes;
            }
        } finally {
            lock.unlock();
        }
    }

    void stopRecording() {
        lock.lock();
        try {
            recorded = null;
        } finally {
            lock.unlock();
        }
    }

    boolean replayable() {
        lock.lock();
        try {
            return untouched || recorded != null;
        } finally {
            lock.unlock();
        }
    }

    /** A view of the body from its beginning, for the next attempt. */
    Request.Content newReader() {
        lock.lock();
        try {
            current = new Reader(recorded == null ? new byte[0] : recorded.toByteArray());
            return current;
        } finally {
            lock.unlock();
        }
    }

    /** To be called once no attempt is to read any more. */
    void close() {
        lock.lock();
        try {
            current = null;
            recorded = null;
            waiting = null;
        } finally {
            lock.unlock();
        }
    }

    private Content.@Nullable Chunk readFor(Reader reader) {
        lock.lock();
        try {
            if (reader != current) {
                return superseded();
            }
            ByteBuffer replay = reader.replay;
            if (replay.hasRemaining()) {
                ByteBuffer all = replay.slice();
                replay.position(replay.limit());
                return Content.Chunk.from(all, ended);
            }
            if (ended) {
                return Content.Chunk.EOF;
            }
            return keep(source.read());
        } finally {
            lock.unlock();
        }
    }

    @GuardedBy("lock")
    private Content.@Nullable Chunk keep(Content.@Nullable Chunk chunk) {
        if (chunk == null || Content.Chunk.isFailure(chunk)) {
            return chunk;
        }
        untouched = false;
        ended = chunk.isLast();
        ByteArrayOutputStream kept = recorded;
        if (kept != null) {
            ByteBuffer bytes = chunk.getByteBuffer();
            if (kept.size() + bytes.remaining() > limit) {
                recorded = null;
            } else {
                byte[] copy = new byte[bytes.remaining()];
                bytes.slice().get(copy);
                kept.write(copy, 0, copy.length);
            }
        }
        return chunk;
    }

    private void demandFor(Reader reader, Runnable ready) {
        boolean now;
        boolean ask = false;
        lock.lock();
        try {
            now = reader != current || reader.replay.hasRemaining() || ended;
            if (!now) {
                waiting = ready;
                ask = !demanded;
                demanded = true;
            }
        } finally {
            lock.unlock();
        }
        if (now) {
            ready.run();
        } else if (ask) {
            source.demand(this::available);
        }
    }

    private void available() {
        Runnable ready;
        lock.lock();
        try {
            demanded = false;
            ready = waiting;
            waiting = null;
        } finally {
            lock.unlock();
        }
        if (ready != null) {
            ready.run();
        }
    }

    private static Content.Chunk superseded() {
        return Content.Chunk.from(new IOException("the attempt was given up"));
    }

    private final class Reader implements Request.Content {

        private final ByteBuffer replay;

        Reader(byte[] replay) {
            this.replay = ByteBuffer.wrap(replay);
        }

        @Override
        public long getLength() {
            return length;
        }

        @Override
        public Content.@Nullable Chunk read() {
            return readFor(this);
        }

        @Override
        public void demand(Runnable ready) {
            demandFor(this, ready);
        }

        /** The attempt is over; the downstream body itself is none the worse. */
        @Override
        public void fail(Throwable failure) {
            lock.lock();
            try {
                if (current == this) {
                    current = null;
                    waiting = null;
                }
            } finally {
                lock.unlock();
            }
        }
    }
}
