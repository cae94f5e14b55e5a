package io.signalbox.mesh.resilience;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** Threads that do the same at the same moment. */
final class Crew {

    private Crew() {}

    /** What each of so many got. */
    static List<Integer> together(ExecutorService threads, int count, Callable<Integer> work) throws Exception {
        CyclicBarrier start = new CyclicBarrier(count);
        List<Callable<Integer>> workers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            workers.add(() -> {
                start.await();
                return work.call();
            });
        }
        List<Integer> results = new ArrayList<>();
        for (Future<Integer> worker : threads.invokeAll(workers)) {
            results.add(worker.get());
        }
        return results;
    }
}
