package io.signalbox.shop;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;

/** Does the same to each of a few things at once, each on a virtual thread. */
public final class InParallel {

    private static final ThreadFactory THREADS =
            Thread.ofVirtual().name("shop-opening-", 0).factory();

    private InParallel() {}

    /** Waits for all; the first failure is thrown once all have ended. */
    public static <T> void each(List<T> things, Consumer<T> work) {
        try (var executor = Executors.newThreadPerTaskExecutor(THREADS)) {
            Executor tasks = executor;
            List<CompletableFuture<Void>> running = things.stream()
                    .map(thing -> CompletableFuture.runAsync(() -> work.accept(thing), tasks))
                    .toList();
            CompletableFuture.allOf(running.toArray(CompletableFuture[]::new)).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
