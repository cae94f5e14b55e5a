package io.signalbox.shop.line;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The connections that one instance keeps to a line service: as many as are asked at once, a few while idle.
 *
 * <p>A connection is balanced once, when it is made, so each is renewed after {@value #MOST_ASKED} lines: an instance that
 * is new, or back, gets its share. It is given back once its answer has come, and never after a failure, when half an answer may be under
 * way. Safe from any thread; nothing is asked while its lock is held.
 */
public final class LinePool implements AutoCloseable {

    static final int MOST_IDLE = 4;
    static final int MOST_ASKED = 20;

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Dialler dialler;
    private final String service;

    @GuardedBy("this")
    private final Deque<LineConnection> idle = new ArrayDeque<>();

    @GuardedBy("this")
    private boolean closed;

    public LinePool(Dialler dialler, String service) {
        this.dialler = dialler;
        this.service = service;
    }

    /**
     * Sends one line, and waits for the line that answers it.
     *
     * @throws IOException if no connection can be had, or it breaks: then nobody knows whether the line was obeyed
     */
    public String ask(String line) throws IOException {
        LineConnection connection = taken();
        boolean answered = false;
        try {
            connection.write(line);
            String reply = connection.read().orElseThrow(() -> new EOFException(service + " hung up"));
            answered = true;
            return reply;
        } finally {
            if (answered) {
                giveBack(connection);
            } else {
                connection.close();
                forgetIdle();
            }
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        forgetIdle();
    }

    /** What broke one connection may have broken those that lie idle, and whoever asks again should find a new one. */
    private synchronized void forgetIdle() {
        idle.forEach(LineConnection::close);
        idle.clear();
    }

    private LineConnection taken() throws IOException {
        LineConnection kept = kept();
        return kept != null ? kept : new LineConnection(dialler.dial(service), PATIENCE);
    }

    private synchronized @Nullable LineConnection kept() {
        return idle.pollLast();
    }

    private synchronized void giveBack(LineConnection connection) {
        if (closed || idle.size() == MOST_IDLE || connection.linesWritten() >= MOST_ASKED) {
            connection.close();
        } else {
            idle.addLast(connection);
        }
    }
}
