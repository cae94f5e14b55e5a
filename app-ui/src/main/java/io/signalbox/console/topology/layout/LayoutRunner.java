package io.signalbox.console.topology.layout;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.signalbox.console.topology.graph.GraphShape;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lays out one shape at a time on a thread of another's, and of those that arrive meanwhile only the newest.
 *
 * <p>Where the engine fails, the plain layout takes its place. Safe from any thread; the listener is called on the
 * background thread.
 */
public final class LayoutRunner {

    private static final Logger log = LoggerFactory.getLogger(LayoutRunner.class);

    private final LayoutEngine engine;
    private final LayoutEngine standIn = new ColumnLayout();
    private final Executor background;
    private final BiConsumer<GraphShape, GraphLayout> done;
    private final Object lock = new Object();

    @GuardedBy("lock")
    private @Nullable GraphShape waiting;

    @GuardedBy("lock")
    private GraphLayout last = GraphLayout.EMPTY;

    @GuardedBy("lock")
    private boolean running;

    public LayoutRunner(LayoutEngine engine, Executor background, BiConsumer<GraphShape, GraphLayout> done) {
        this.engine = engine;
        this.background = background;
        this.done = done;
    }

    public void submit(GraphShape shape) {
        synchronized (lock) {
            waiting = shape;
            if (running) {
                return;
            }
            running = true;
        }
        background.execute(this::run);
    }

    private void run() {
        while (true) {
            GraphShape shape;
            GraphLayout before;
            synchronized (lock) {
                shape = waiting;
                before = last;
                waiting = null;
                if (shape == null) {
                    running = false;
                    return;
                }
            }
            GraphLayout layout = layout(shape, before);
            synchronized (lock) {
                last = layout;
            }
            tell(shape, layout);
        }
    }

    private void tell(GraphShape shape, GraphLayout layout) {
        try {
            done.accept(shape, layout);
        } catch (RuntimeException failure) {
            log.warn("A layout was not taken", failure);
        }
    }

    private GraphLayout layout(GraphShape shape, GraphLayout before) {
        try {
            return engine.layout(shape, before);
        } catch (RuntimeException | LinkageError failure) {
            log.warn(
                    "Laying out {} nodes failed; the plain layout stands in",
                    shape.nodes().size(),
                    failure);
            return standIn.layout(shape, before);
        }
    }
}
