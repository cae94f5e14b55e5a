package io.signalbox.mesh.proxy;

import java.util.List;

/** Does several things at once, each on a virtual thread of its own. */
public final class SideBySide {

    private SideBySide() {}

    /** Returns when all of them are done. An interrupt is passed on to them, and not waited out. */
    public static void run(String threadName, List<Runnable> tasks) {
        List<Thread> threads = tasks.stream()
                .map(task -> Thread.ofVirtual().name(threadName).start(task))
                .toList();
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            threads.forEach(Thread::interrupt);
            Thread.currentThread().interrupt();
        }
    }
}
