package io.signalbox.mesh.proxy;

import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.testing.integration.Messages.StreamingOutputCallResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What a caller got of one gRPC stream. */
final class StreamReading extends ClientCall.Listener<StreamingOutputCallResponse> {

    private final AtomicInteger messages = new AtomicInteger();
    private final CompletableFuture<Status> ended = new CompletableFuture<>();
    private volatile boolean head;

    int messages() {
        return messages.get();
    }

    /** Whether a head came before the end. */
    boolean head() {
        return head;
    }

    /** Waits for the end. */
    Status end() throws Exception {
        return ended.get(20, TimeUnit.SECONDS);
    }

    @Override
    public void onHeaders(Metadata headers) {
        head = true;
    }

    @Override
    public void onMessage(StreamingOutputCallResponse message) {
        messages.incrementAndGet();
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
        ended.complete(status);
    }
}
