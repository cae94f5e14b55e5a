package io.signalbox.console.rehearsal;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/** What else would be handed to other threads, in line for the one that rehearses. Used by that thread only. */
final class Later implements Executor {

    /** What asks for more of itself again and again has been seen often enough. */
    private static final int MOST = 200;

    private final Queue<Runnable> line = new ArrayDeque<>();

    @Override
    public void execute(Runnable task) {
        line.add(task);
    }

    /** Runs what is in line, and what that puts in line. */
    void run() {
        for (int i = 0; i < MOST && !line.isEmpty(); i++) {
            line.remove().run();
        }
        line.clear();
    }
}
