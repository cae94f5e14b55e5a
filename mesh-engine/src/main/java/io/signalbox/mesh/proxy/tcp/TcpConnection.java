package io.signalbox.mesh.proxy.tcp;

import io.signalbox.mesh.proxy.io.EventLoop;
import io.signalbox.mesh.proxy.io.TlsPeer;
import io.signalbox.mesh.proxy.io.Wire;
import io.signalbox.mesh.proxy.transport.ServerStream;
import io.signalbox.mesh.proxy.transport.StreamEnd;
import io.signalbox.mesh.proxy.transport.StreamListener;
import io.signalbox.mesh.proxy.transport.Target;
import io.signalbox.mesh.proxy.transport.UpstreamFailure;
import io.signalbox.mesh.time.Scheduler.Cancellable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A caller's connection: found to be TLS or plain, handed to the handler, then joined to a target. It is not read
 * before that, so that any target can still have all of it. Belongs to its loop's thread.
 */
final class TcpConnection implements Wire.Handler, ServerStream {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final TcpListener listener;
    private final EventLoop loop;
    private final Wire wire;
    private @Nullable TlsPeer undecided;
    private byte[] first = {};
    private int firstLength;
    private @Nullable Dial dial;
    private @Nullable Pipe pipe;
    private @Nullable StreamListener told;

    TcpConnection(TcpListener listener, EventLoop loop, SocketChannel socket) throws IOException {
        this.listener = listener;
        this.loop = loop;
        wire = Wire.accepted(loop, socket, this);
    }

    /** @param security how TLS is spoken; {@code null} where it is not */
    void begin(@Nullable TlsPeer security, boolean always) {
        if (security == null) {
            ready();
        } else if (always) {
            secure(security);
        } else {
            undecided = security;
            first = new byte[FirstBytes.NEEDED];
            wire.deadlineIn(listener.limits().sniff().toNanos());
        }
    }

    EventLoop loop() {
        return loop;
    }

    private void secure(TlsPeer security) {
        byte[] read = first;
        int length = firstLength;
        undecided = null;
        firstLength = 0;
        wire.deadlineIn(listener.limits().handshake().toNanos());
        wire.secure(security, read, 0, length);
    }

    private void ready() {
        undecided = null;
        wire.noDeadline();
        wire.pause();
        listener.handle(this);
    }

    @Override
    public @Nullable String peerIdentity() {
        return wire.peer();
    }

    @Override
    public @Nullable String callerAddress() {
        return wire.address();
    }

    @Override
    public Cancellable after(Duration delay, Runnable task) {
        return loop.after(delay, task);
    }

    @Override
    public void join(Target target, StreamListener streamListener) {
        told = streamListener;
        dial = Dial.start(loop, target, listener.limits(), new Dial.Listener() {
            @Override
            public void connected(Wire upstream) {
                joined(upstream, streamListener);
            }

            @Override
            public void failed(UpstreamFailure failure) {
                dial = null;
                told = null;
                streamListener.onFailed(failure);
            }
        });
    }

    private void joined(Wire upstream, StreamListener streamListener) {
        dial = null;
        streamListener.onConnected();
        ByteBuffer read = ByteBuffer.wrap(first, 0, firstLength);
        pipe = Pipe.join(wire, read, upstream, NOTHING, idle(), new PipeListener() {
            @Override
            public void passed(StreamEnd.Side from, int bytes) {
                streamListener.onPassed(from, bytes);
            }

            @Override
            public void ended(StreamEnd end) {
                over(end);
            }
        });
    }

    /**
     * What is idle between two sidecars must be ended by the caller's: to it alone that is no reset, for which it would
     * blame the endpoint.
     */
    private Duration idle() {
        Duration limit = listener.limits().idle();
        return wire.peer() == null ? limit : limit.plus(limit.dividedBy(10)).plusSeconds(1);
    }

    @Override
    public void abort() {
        wire.reset();
        over(new StreamEnd.Stopped());
    }

    /** The listener is closing. */
    void stop() {
        Pipe running = pipe;
        if (running != null) {
            running.stop();
        } else {
            abort();
        }
    }

    private void over(StreamEnd end) {
        listener.remove(this);
        Dial running = dial;
        dial = null;
        if (running != null) {
            running.cancel();
        }
        StreamListener current = told;
        told = null;
        if (current != null) {
            current.onEnded(end);
        }
    }

    @Override
    public void connected() {
        ready();
    }

    @Override
    public void readable() {
        TlsPeer security = undecided;
        if (security == null) {
            return;
        }
        try {
            int count = wire.read(ByteBuffer.wrap(first, firstLength, FirstBytes.NEEDED - firstLength));
            firstLength += Math.max(0, count);
            if (count < 0) {
                ready();
                return;
            }
        } catch (IOException e) {
            broken(e);
            return;
        }
        switch (FirstBytes.of(first, firstLength)) {
            case TLS -> secure(security);
            case PLAIN -> ready();
            case UNDECIDED -> {}
        }
    }

    @Override
    public void drained() {}

    /** Who said nothing for so long waits for the server to speak first; a handshake must end in time. */
    @Override
    public void overdue() {
        if (undecided != null) {
            ready();
        } else {
            abort();
        }
    }

    @Override
    public void broken(IOException failure) {
        wire.close();
        over(new StreamEnd.Broken(StreamEnd.Side.CALLER));
    }
}
