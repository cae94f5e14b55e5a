package io.signalbox.mesh.proxy;

import io.signalbox.mesh.proxy.transport.Listener;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** In which order the listeners of one sidecar close, and how long each takes. */
final class Closing {

    private static final String THREADS = "signalbox-close";

    private Closing() {}

    /** What the application was asked it may need to ask others for; so its own calls go on until that is done. */
    static void inTurn(Listener inbound, List<Listener> calls, Duration drain) {
        Duration half = drain.dividedBy(2);
        CountDownLatch answered = new CountDownLatch(1);
        SideBySide.run(
                THREADS,
                List.of(
                        () -> {
                            inbound.close(drain);
                            answered.countDown();
                        },
                        () -> {
                            await(answered, half);
                            all(calls, half);
                        }));
    }

    /** Side by side, so that TCP connections, which may never end, do not take the time that requests have. */
    static void all(List<Listener> listeners, Duration drain) {
        SideBySide.run(
                THREADS,
                listeners.stream()
                        .map(listener -> (Runnable) () -> listener.close(drain))
                        .toList());
    }

    private static void await(CountDownLatch latch, Duration longest) {
        try {
            boolean _ = latch.await(longest.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
