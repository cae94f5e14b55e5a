package io.signalbox.mesh.controlplane;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** What sidecars answer, waited for together and not longer than {@link #PATIENCE}, or less. For one thread. */
final class Answers {

    static final Duration PATIENCE = Duration.ofSeconds(2);

    /** Of who is asked by another control plane, which itself waits for {@link #PATIENCE}. */
    static final Duration PATIENCE_FOR_ANOTHER = Duration.ofSeconds(1);

    private final CompletableFuture<Void> patience;

    Answers() {
        this(PATIENCE);
    }

    Answers(Duration longest) {
        patience = new CompletableFuture<Void>().completeOnTimeout(null, longest.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The answer; {@code null} when none came until the time for all of them was over, or the sidecar went. */
    <T> @Nullable T of(CompletableFuture<T> asked) {
        try {
            CompletableFuture.anyOf(asked, patience).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return asked.isDone() ? asked.get() : null;
        } catch (ExecutionException | TimeoutException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }
}
