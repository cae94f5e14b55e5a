package io.signalbox.mesh.proxy.tcp;

import io.signalbox.mesh.proxy.io.BufferPool;
import io.signalbox.mesh.proxy.io.Wire;
import io.signalbox.mesh.proxy.transport.StreamEnd;
import io.signalbox.mesh.proxy.transport.StreamEnd.Side;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import javax.net.ssl.SSLException;

/**
 * Two wires of one loop joined: what comes in at one goes out at the other. Belongs to the loop's thread.
 *
 * <p>A side is read only while the other takes: one read is all that is held. The end of one direction is passed on
 * and leaves the other open; over TLS it is a close_notify, and an end without one is a break. A side that breaks off
 * makes the other see a reset, so that nobody takes a part for the whole.
 *
 * <p>A side that has ended, or that must wait because the other does not take, is not listened to: that it breaks off
 * is seen when it is written to or read next, or at the idle limit.
 */
public final class Pipe {

    private final Half fromCaller;
    private final Half fromTarget;
    private final long idleNanos;
    private final PipeListener listener;
    private boolean over;

    private Pipe(Wire caller, Wire target, Duration idle, PipeListener listener) {
        this.idleNanos = idle.toNanos();
        this.listener = listener;
        fromCaller = new Half(Side.CALLER, caller, target);
        fromTarget = new Half(Side.TARGET, target, caller);
    }

    /**
     * Joins them from now on, and hands both wires over to the pipe. Output that waits on either is sent first.
     *
     * @param fromCaller what has been read from the caller already; taken before this returns
     * @param fromTarget what has been read from the target already
     * @param idle how long neither side may say anything
     */
    public static Pipe join(
            Wire caller,
            ByteBuffer fromCaller,
            Wire target,
            ByteBuffer fromTarget,
            Duration idle,
            PipeListener listener) {
        if (caller.loop() != target.loop()) {
            throw new IllegalArgumentException("wires: of two loops (expected: of one)");
        }
        Pipe pipe = new Pipe(caller, target, idle, listener);
        caller.handOver(pipe.fromCaller);
        target.handOver(pipe.fromTarget);
        target.noDeadline();
        pipe.moved();
        pipe.fromCaller.begin(fromCaller);
        pipe.fromTarget.begin(fromTarget);
        return pipe;
    }

    /** How much that side has said. */
    public long bytesFrom(Side side) {
        return switch (side) {
            case CALLER -> fromCaller.bytes;
            case TARGET -> fromTarget.bytes;
        };
    }

    /** Breaks both sides off. */
    public void stop() {
        breakOff(new StreamEnd.Stopped());
    }

    private Half other(Half half) {
        return half == fromCaller ? fromTarget : fromCaller;
    }

    private void moved() {
        fromCaller.from.deadlineIn(idleNanos);
    }

    private void breakOff(StreamEnd end) {
        if (!over) {
            over = true;
            fromCaller.from.reset();
            fromTarget.from.reset();
            listener.ended(end);
        }
    }

    private void finishIfDone() {
        if (!over && fromCaller.isDone() && fromTarget.isDone()) {
            over = true;
            fromCaller.from.close();
            fromTarget.from.close();
            listener.ended(new StreamEnd.Finished());
        }
    }

    /** One direction; it handles the wire that it reads from. */
    private final class Half implements Wire.Handler {

        private final Side side;
        private final Wire from;
        private final Wire to;
        private long bytes;
        private boolean ended;
        private boolean endPassed;

        Half(Side side, Wire from, Wire to) {
            this.side = side;
            this.from = from;
            this.to = to;
        }

        void begin(ByteBuffer first) {
            if (over) {
                return;
            }
            from.pause();
            int length = first.remaining();
            if (length > 0) {
                byte[] room = to.output().room(length);
                first.get(room, to.output().mark(), length);
                to.output().advance(length);
                count(length);
            }
            if (to.flush() && !over) {
                from.resume();
            }
        }

        boolean isDone() {
            return endPassed;
        }

        @Override
        public void connected() {}

        @Override
        public void readable() {
            if (ended || over || to.isBlocked()) {
                from.pause();
                return;
            }
            try {
                byte[] room = to.output().room(BufferPool.SIZE);
                int count = from.read(ByteBuffer.wrap(room, to.output().mark(), BufferPool.SIZE));
                if (count > 0) {
                    to.output().advance(count);
                    count(count);
                }
                boolean sent = to.flush();
                if (count < 0) {
                    end();
                } else if (!sent) {
                    from.pause();
                }
            } catch (IOException e) {
                broken(e);
            }
        }

        private void count(int more) {
            bytes += more;
            moved();
            listener.passed(side, more);
        }

        private void end() throws IOException {
            if (over) {
                return;
            }
            if (from.isTruncated()) {
                throw new EOFException("the connection was cut");
            }
            ended = true;
            from.pause();
            moved();
            endPassed = to.shutdownOutput() && !to.isClosed();
            finishIfDone();
        }

        /** What waited to be sent to this side is gone: the other side may say more. */
        @Override
        public void drained() {
            Half input = other(this);
            moved();
            if (input.ended) {
                input.endPassed = true;
                finishIfDone();
            } else {
                input.from.resume();
            }
        }

        @Override
        public void overdue() {
            breakOff(new StreamEnd.Idle());
        }

        @Override
        public void broken(IOException failure) {
            boolean refused = side == Side.TARGET && bytes == 0 && failure instanceof SSLException;
            breakOff(
                    refused
                            ? new StreamEnd.Refused("mutual TLS with the endpoint failed: " + failure.getMessage())
                            : new StreamEnd.Broken(side));
        }
    }
}
