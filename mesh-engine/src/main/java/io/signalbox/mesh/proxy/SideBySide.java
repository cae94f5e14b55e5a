package io.signalbox.mesh.proxy;

import java.util.List;

/** Does several things at once, each on a virtual thread of its own. */
public final class SideBySide {

    private SideBySide() {}

    /** Returns when all of them are done. An interrupt is passed on to them, and has to end them. */
    public static void run(String threadName, List<Runnable> tasks) {
        List<Thread> threads = tasks.stream()
                .map(task -> Thread.ofVirtual().name(threadName).start(task))
                .toList();
        boolean interrupted = false;
        while (threads.stream().anyMatch(Thread::isAlive)) {
            try {
                for (Thread thread : threads) {
                    thread.join();
                }
            } catch (InterruptedException e) {
                interrupted = true;
                threads.forEach(Thread::interrupt);
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
