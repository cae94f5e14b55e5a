package io.signalbox.mesh.proxy.relay;

import io.signalbox.mesh.proxy.io.Wire;
import io.signalbox.mesh.proxy.message.Fields;
import io.signalbox.mesh.proxy.tcp.Dial;
import io.signalbox.mesh.proxy.tcp.PipeListener;
import io.signalbox.mesh.proxy.tcp.RawEnd;
import io.signalbox.mesh.proxy.transport.Answer;
import io.signalbox.mesh.proxy.transport.AnswerListener;
import io.signalbox.mesh.proxy.transport.ServerStream;
import io.signalbox.mesh.proxy.transport.StreamEnd;
import io.signalbox.mesh.proxy.transport.StreamListener;
import io.signalbox.mesh.proxy.transport.Target;
import io.signalbox.mesh.proxy.transport.UpstreamFailure;
import io.signalbox.mesh.time.Scheduler.Cancellable;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A connection that its caller asked to have joined with a target (CONNECT). Belongs to its loop's thread. */
final class Tunnel implements ServerStream {

    private final ServerCall server;
    private @Nullable Dial dial;
    private @Nullable StreamListener told;

    Tunnel(ServerCall server) {
        this.server = server;
    }

    @Override
    public @Nullable String peerIdentity() {
        return server.peerIdentity();
    }

    @Override
    public @Nullable String callerAddress() {
        return server.callerAddress();
    }

    @Override
    public Cancellable after(Duration delay, Runnable task) {
        return server.after(delay, task);
    }

    @Override
    public void join(Target target, StreamListener listener) {
        told = listener;
        server.onCallerGone(this::callerGone);
        Target raw = target.speech() == Target.Speech.NEGOTIATED ? target.speaking(Target.Speech.HTTP1) : target;
        dial = server.upstreams().dial(raw, new Dial.Listener() {
            @Override
            public void connected(Wire wire) {
                dial = null;
                joined(wire, listener);
            }

            @Override
            public void failed(UpstreamFailure failure) {
                dial = null;
                told = null;
                listener.onFailed(failure);
            }
        });
    }

    private void joined(Wire wire, StreamListener listener) {
        listener.onConnected();
        RawEnd target = new RawEnd(wire, ByteBuffer.allocate(0));
        server.downstream().switchTo(target, 200, "Connection Established", new Fields(), null, new PipeListener() {
            @Override
            public void passed(StreamEnd.Side from, int bytes) {
                listener.onPassed(from, bytes);
            }

            @Override
            public void ended(StreamEnd end) {
                told = null;
                listener.onEnded(end);
            }
        });
        server.finished();
    }

    @Override
    public void refuse(Answer answer) {
        server.answer(answer, AnswerListener.NOBODY);
    }

    @Override
    public void abort() {
        server.abort();
    }

    private void callerGone() {
        Dial running = dial;
        StreamListener listener = told;
        dial = null;
        told = null;
        if (running != null) {
            running.cancel();
        }
        if (listener != null) {
            listener.onEnded(new StreamEnd.Broken(StreamEnd.Side.CALLER));
        }
    }
}
