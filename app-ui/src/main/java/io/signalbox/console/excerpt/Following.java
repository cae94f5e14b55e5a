package io.signalbox.console.excerpt;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.signalbox.console.feed.PartListener;
import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.model.status.MeshSnapshot;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One listener, with the last that the mesh said, of which another part may be wanted.
 *
 * <p>What it hears is put in line under this object's lock, and handed on without it by whichever thread finds nobody
 * else doing so: in order, one at a time. Safe from any thread.
 */
final class Following implements MeshConnection.SnapshotListener {

    private final MeshConnection.SnapshotListener listener;
    private final Supplier<String> filter;
    private final Consumer<Extent> extent;

    @GuardedBy("this")
    private final Selecting selecting;

    @GuardedBy("this")
    private final Queue<Runnable> line = new ArrayDeque<>();

    @GuardedBy("this")
    private @Nullable MeshSnapshot last;

    @GuardedBy("this")
    private boolean handing;

    /**
     * @param filter what was typed last
     * @param extent hears how much is shown, before the listener gets it
     */
    Following(
            MeshConnection.SnapshotListener listener,
            Selecting selecting,
            Supplier<String> filter,
            Consumer<Extent> extent) {
        this.listener = listener;
        this.selecting = selecting;
        this.filter = filter;
        this.extent = extent;
    }

    @Override
    public void snapshot(MeshSnapshot snapshot) {
        synchronized (this) {
            last = snapshot;
            Excerpt excerpt = selecting.of(snapshot, filter.get());
            line.add(() -> {
                extent.accept(excerpt.extent());
                listener.snapshot(excerpt.shown());
            });
        }
        handOn();
    }

    @Override
    public void disconnected(String why) {
        synchronized (this) {
            line.add(() -> listener.disconnected(why));
        }
        handOn();
    }

    /** Chooses anew among what the mesh said last. */
    void again() {
        synchronized (this) {
            MeshSnapshot newest = last;
            if (newest == null) {
                return;
            }
            Excerpt excerpt = selecting.of(newest, filter.get());
            line.add(() -> {
                extent.accept(excerpt.extent());
                if (listener instanceof PartListener parts) {
                    parts.otherPart(excerpt.shown());
                } else {
                    listener.snapshot(excerpt.shown());
                }
            });
        }
        handOn();
    }

    private void handOn() {
        for (Runnable next = first(); next != null; next = after()) {
            boolean handed = false;
            try {
                next.run();
                handed = true;
            } finally {
                if (!handed) {
                    stop();
                }
            }
        }
    }

    private synchronized @Nullable Runnable first() {
        if (handing) {
            return null;
        }
        handing = !line.isEmpty();
        return line.poll();
    }

    private synchronized @Nullable Runnable after() {
        handing = !line.isEmpty();
        return line.poll();
    }

    private synchronized void stop() {
        handing = false;
    }
}
