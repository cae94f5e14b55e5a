package io.signalbox.store.etcd;

import io.etcd.jetcd.common.exception.EtcdException;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.signalbox.mesh.store.StoreException;
import io.signalbox.mesh.store.StoreUnansweredException;
import io.signalbox.mesh.time.Ticker;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Asks etcd, again while it does not answer, and tells what it refuses from what it leaves open.
 *
 * <p>Another node may answer, or the same one when the nodes have agreed on a leader again, which takes them a second or
 * two. Safe from any thread; each call blocks its own.
 */
final class EtcdCalls {

    static final Duration ONE_TRY = Duration.ofSeconds(2);
    private static final Duration ALL_TRIES = Duration.ofSeconds(10);
    private static final Duration BETWEEN = Duration.ofMillis(50);

    private final Ticker ticker;
    private final CountDownLatch closed = new CountDownLatch(1);

    EtcdCalls(Ticker ticker) {
        this.ticker = ticker;
    }

    /** What was answered, and whether a try before it was left open. */
    record Answer<T>(T value, Tries tries) {}

    enum Tries {
        ONE,
        /** What an earlier one asked for may have been done as well. */
        SEVERAL
    }

    /** @param call may be made more than once */
    <T> T ask(Supplier<CompletableFuture<T>> call) {
        return insist(call).value();
    }

    <T> Answer<T> insist(Supplier<CompletableFuture<T>> call) {
        long start = ticker.nanos();
        Tries tries = Tries.ONE;
        while (true) {
            requireOpen();
            try {
                return new Answer<>(call.get().get(ONE_TRY.toNanos(), TimeUnit.NANOSECONDS), tries);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StoreUnansweredException("store: etcd (expected: an answer; the call was interrupted)", e);
            } catch (ExecutionException | TimeoutException e) {
                requireOpen();
                Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
                if (!leftOpen(cause)) {
                    throw refused(cause);
                }
                if (ticker.nanos() - start > ALL_TRIES.toNanos()) {
                    throw new StoreUnansweredException(
                            "store: etcd: " + why(cause) + " (expected: an answer of most of its nodes within "
                                    + ALL_TRIES.toSeconds() + "s)",
                            cause);
                }
            }
            tries = Tries.SEVERAL;
            pause(BETWEEN);
        }
    }

    /** Waits so long, or until the store is closed. */
    void pause(Duration time) {
        try {
            boolean _ = closed.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnansweredException("store: etcd (expected: an answer; the call was interrupted)", e);
        }
    }

    void close() {
        closed.countDown();
    }

    boolean isClosed() {
        return closed.getCount() == 0;
    }

    static boolean says(Throwable cause, Status.Code code, String part) {
        return status(cause).getCode() == code && why(cause).contains(part);
    }

    private void requireOpen() {
        if (isClosed()) {
            throw new StoreException("store: closed (expected: an open one)");
        }
    }

    private static boolean leftOpen(Throwable cause) {
        if (cause instanceof TimeoutException) {
            return true;
        }
        if (says(cause, Status.Code.UNAUTHENTICATED, "invalid auth token")) {
            return true; // it has ended, and jetcd gets another
        }
        return switch (status(cause).getCode()) {
            case UNAVAILABLE, DEADLINE_EXCEEDED, CANCELLED, INTERNAL, UNKNOWN, ABORTED -> true;
            case OK,
                    INVALID_ARGUMENT,
                    NOT_FOUND,
                    ALREADY_EXISTS,
                    PERMISSION_DENIED,
                    RESOURCE_EXHAUSTED,
                    FAILED_PRECONDITION,
                    OUT_OF_RANGE,
                    UNIMPLEMENTED,
                    DATA_LOSS,
                    UNAUTHENTICATED -> false;
        };
    }

    private static StoreException refused(Throwable cause) {
        return new StoreException("store: etcd: " + why(cause) + " (expected: what etcd takes)", cause);
    }

    /** jetcd words some answers itself, and hides why it got no password accepted behind that it got none. */
    private static Status status(Throwable cause) {
        if (cause instanceof EtcdException worded && !(worded.getCause() instanceof StatusRuntimeException)) {
            return Status.Code.valueOf(worded.getErrorCode().name()).toStatus().withDescription(worded.getMessage());
        }
        Status status = Status.fromThrowable(cause);
        return status.getCode() == Status.Code.UNAUTHENTICATED
                        && status.getCause() instanceof StatusRuntimeException deeper
                ? deeper.getStatus()
                : status;
    }

    private static String why(Throwable cause) {
        String description = status(cause).getDescription();
        return description == null ? String.valueOf(cause.getMessage()) : description;
    }
}
