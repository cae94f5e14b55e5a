package io.signalbox.console.feed;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.signalbox.mesh.client.Requests;
import io.signalbox.mesh.explain.RequestLine;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Where the mesh leaves the requests that end until the screen looks. Bounded: when it is full the oldest give way and
 * are counted. Any thread may write; the FX thread empties it.
 */
public final class TapInbox implements Requests.TapListener {

    private final int capacity;

    @GuardedBy("this")
    private final Deque<RequestLine> lines = new ArrayDeque<>();

    @GuardedBy("this")
    private long dropped;

    @GuardedBy("this")
    private long untold;

    public TapInbox(int capacity) {
        this.capacity = capacity;
    }

    @Override
    public synchronized void request(RequestLine request) {
        if (lines.size() == capacity) {
            lines.removeFirst();
            dropped++;
        }
        lines.addLast(request);
    }

    @Override
    public synchronized void dropped(long count) {
        dropped += count;
    }

    @Override
    public synchronized void leftOut(long count) {
        dropped += count;
    }

    @Override
    public synchronized void untold(long count) {
        untold += count;
    }

    /** What came since the last call. */
    public synchronized Batch take() {
        Batch batch = new Batch(List.copyOf(lines), dropped, untold);
        lines.clear();
        dropped = 0;
        untold = 0;
        return batch;
    }

    /**
     * What came of one look.
     *
     * @param oldestFirst in the order in which they ended
     * @param dropped how many are missing among them
     * @param untold how many sidecars never told of
     */
    public record Batch(List<RequestLine> oldestFirst, long dropped, long untold) {

        public Batch {
            oldestFirst = List.copyOf(oldestFirst);
        }
    }
}
