package io.signalbox.mesh.proxy.transport.jetty;

import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Carries an answer's body from the upstream to the caller, one chunk at a time: the next is read once the last has been
 * written, so a slow caller slows the upstream and nothing piles up between.
 *
 * <p>The head goes out with the first chunk, or at once when none is there yet or none can follow. Events may come from any thread; whoever
 * comes first does the work of those that come meanwhile, so steps never overlap and never nest.
 */
final class ResponsePipe {

    private final Content.Source upstreamBody;
    private final Response downstreamResponse;
    private final Opening opening;
    private final Outcome outcome;
    private final AtomicInteger events = new AtomicInteger();

    private volatile boolean written;
    private volatile boolean readable;
    private volatile @Nullable Throwable writeFailure;
    private volatile @Nullable Throwable upstreamFailure;

    // Touched by the step at work alone.
    private Content.@Nullable Chunk inHand;
    private boolean writing;
    private boolean demanding;
    private boolean headSent;
    private boolean finished;

    ResponsePipe(Content.Source upstreamBody, Response downstreamResponse, Opening opening, Outcome outcome) {
        this.upstreamBody = upstreamBody;
        this.downstreamResponse = downstreamResponse;
        this.opening = opening;
        this.outcome = outcome;
    }

    /** What the first write carries. */
    enum Opening {
        /** The head, with what there is of the body. */
        HEAD_WITH_BODY,
        /** The head alone: Jetty would announce a length of 0 with the last byte, which is not true of a HEAD. */
        HEAD_ALONE
    }

    /** How it ended; exactly one is called, once. */
    interface Outcome {

        void delivered();

        void upstreamBroke(Throwable failure);

        void callerGone(Throwable failure);
    }

    void run() {
        if (events.getAndIncrement() != 0) {
            return;
        }
        int handled = 1;
        do {
            step();
            handled = events.addAndGet(-handled);
        } while (handled != 0);
    }

    /** The upstream failed in a way that its body might not tell. */
    void breakOff(Throwable failure) {
        upstreamFailure = failure;
        run();
    }

    private void step() {
        boolean more = !finished;
        while (more) {
            more = proceed();
        }
        if (finished && inHand != null && (written || writeFailure != null)) {
            inHand.release();
            inHand = null;
        }
    }

    /** Whether there is more to do at once. */
    private boolean proceed() {
        Throwable lost = writeFailure;
        if (lost != null) {
            finished = true;
            outcome.callerGone(lost);
            return false;
        }
        if (writing) {
            return wrote();
        }
        if (demanding && !readable && upstreamFailure == null) {
            return false;
        }
        demanding = false;
        readable = false;
        return readOn();
    }

    private boolean wrote() {
        if (!written) {
            return breakIfUpstreamFailed();
        }
        writing = false;
        written = false;
        Content.Chunk chunk = inHand;
        inHand = null;
        if (chunk == null) {
            return true;
        }
        boolean last = chunk.isLast();
        chunk.release();
        if (last) {
            finished = true;
            outcome.delivered();
        }
        return !last;
    }

    private boolean readOn() {
        if (!headSent && opening == Opening.HEAD_ALONE) {
            write(Content.Chunk.EMPTY);
            return true;
        }
        Content.Chunk chunk = upstreamBody.read();
        if (chunk == null) {
            return upstreamFailure == null ? waitForMore() : breakIfUpstreamFailed();
        }
        if (Content.Chunk.isFailure(chunk)) {
            upstreamFailure = chunk.getFailure();
            return breakIfUpstreamFailed();
        }
        inHand = chunk;
        write(chunk);
        return true;
    }

    private boolean waitForMore() {
        if (!headSent) {
            write(Content.Chunk.EMPTY);
            return true;
        }
        demanding = true;
        upstreamBody.demand(() -> {
            readable = true;
            run();
        });
        return true;
    }

    private void write(Content.Chunk chunk) {
        headSent = true;
        writing = true;
        downstreamResponse.write(
                chunk.isLast(), chunk.hasRemaining() ? chunk.getByteBuffer() : BufferUtil.EMPTY_BUFFER, new Written());
    }

    private boolean breakIfUpstreamFailed() {
        Throwable failure = upstreamFailure;
        if (failure != null) {
            finished = true;
            outcome.upstreamBroke(failure);
        }
        return false;
    }

    private final class Written implements Callback {

        @Override
        public void succeeded() {
            written = true;
            run();
        }

        @Override
        public void failed(Throwable failure) {
            writeFailure = failure;
            run();
        }

        @Override
        public InvocationType getInvocationType() {
            return InvocationType.NON_BLOCKING;
        }
    }
}
