package io.signalbox.mesh.proxy.http1;

import io.signalbox.mesh.proxy.io.EventLoop;
import io.signalbox.mesh.proxy.io.Inbox;
import io.signalbox.mesh.proxy.io.Wire;
import io.signalbox.mesh.proxy.message.BadMessage;
import io.signalbox.mesh.proxy.message.Fields;
import io.signalbox.mesh.proxy.message.StatusText;
import io.signalbox.mesh.proxy.relay.BodyLength;
import io.signalbox.mesh.proxy.relay.BodySource;
import io.signalbox.mesh.proxy.relay.CallerConnection;
import io.signalbox.mesh.proxy.relay.Downstream;
import io.signalbox.mesh.proxy.relay.Reception;
import io.signalbox.mesh.proxy.relay.ServerCall;
import io.signalbox.mesh.proxy.relay.Upstreams;
import io.signalbox.mesh.proxy.tcp.Pipe;
import io.signalbox.mesh.proxy.tcp.PipeListener;
import io.signalbox.mesh.proxy.tcp.RawEnd;
import io.signalbox.mesh.proxy.transport.StreamEnd;
import io.signalbox.mesh.proxy.transport.TransportLimits;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A caller's connection: reads one request after another, and gives each to the handler once the one before has been
 * answered. Belongs to its loop's thread.
 */
public final class Http1Caller implements Wire.Handler, Downstream, CallerConnection {

    /** How much may wait to be written before no more is taken. */
    private static final int HIGH_WATER = 64 * 1024;

    /** How long a head may take from its first byte. */
    private static final Duration HEAD = Duration.ofSeconds(30);

    /** How long, after an answer that ends the connection, what the caller still sends is read and dropped. */
    private static final Duration LINGER = Duration.ofSeconds(1);

    private final Wire wire;
    private final Inbox in;
    private final Reception reception;
    private final Upstreams upstreams;
    private final Http1Codec codec;
    private final TransportLimits limits;
    private final HeadScanner scanner;
    private final InboxBody body;
    private boolean taking;
    private boolean inputEnded;
    private boolean lingering;
    private boolean draining;
    private boolean headSent;
    private boolean persistent;
    private long idleSince;
    private Framing outFraming = Framing.NONE;
    private @Nullable Http1Request request;
    private @Nullable ServerCall call;
    private @Nullable Runnable whenSent;
    private boolean switched;
    private @Nullable Pipe pipe;

    public Http1Caller(
            Wire wire, Inbox in, Reception reception, Upstreams upstreams, Http1Codec codec, TransportLimits limits) {
        this.wire = wire;
        this.in = in;
        this.reception = reception;
        this.upstreams = upstreams;
        this.codec = codec;
        this.limits = limits;
        scanner = new HeadScanner(limits.headerBytes());
        body = new InboxBody(in, new BodyReader(codec.lines(), limits.headerBytes()));
    }

    /** Serves the wire from now on, beginning with what has been read of it. */
    public void begin() {
        wire.handOver(this);
        wire.idle();
        idleSince = wire.loop().nanos();
        wire.deadlineIn(limits.kept().toNanos());
        if (!in.isEmpty()) {
            received();
        }
    }

    @Override
    public void connected() {}

    @Override
    public void readable() {
        try {
            int count = in.fill(wire);
            if (count < 0) {
                ended();
                return;
            }
            if (count > 0) {
                received();
            }
        } catch (IOException e) {
            broken(e);
        }
    }

    private void received() {
        ServerCall current = call;
        if (lingering) {
            in.release();
        } else if (current == null) {
            take();
        } else {
            current.inputCame();
            if (call != null && in.size() >= limits.headerBytes()) {
                wire.pause();
            }
        }
        in.keep();
    }

    /** Takes in the requests that are there, one after another as they are answered. */
    private void take() {
        if (taking) {
            return;
        }
        taking = true;
        try {
            while (call == null && !in.isEmpty() && !wire.isClosed() && !lingering) {
                if (!takeOne()) {
                    break;
                }
            }
        } catch (BadMessage e) {
            refuseHead(e.status());
        } finally {
            taking = false;
        }
        if (call == null && inputEnded && !lingering) {
            close();
        }
    }

    private boolean takeOne() throws BadMessage {
        if (scanner.isIdle()) {
            skipEmptyLines();
            if (in.isEmpty() || (in.size() == 1 && in.bytes[in.start] == '\r')) {
                return false;
            }
            wire.deadlineIn(HEAD.toNanos());
        }
        boolean lineKnown = scanner.inFields();
        int length = scanner.find(in);
        if (length < 0) {
            if (!lineKnown && scanner.inFields()) {
                RequestReader.requireLine(in.bytes, in.start);
            }
            return false;
        }
        if (length > scanner.limit()) {
            throw scanner.tooLarge();
        }
        scanner.reset();
        Http1Request read = codec.requests().read(in.bytes, in.start, length);
        in.start += length;
        wire.noDeadline();
        request = read;
        headSent = false;
        BodySource source = null;
        if (read.message().hasBody()) {
            body.begin(read.framing());
            source = body;
        }
        ServerCall next = new ServerCall(this, upstreams, read.message(), source);
        call = next;
        wire.busy();
        reception.began(next);
        return true;
    }

    /** An empty line or two before a request is forgiven (RFC 9112, 2.2). */
    private void skipEmptyLines() {
        while (in.size() >= 2 && in.bytes[in.start] == '\r' && in.bytes[in.start + 1] == '\n') {
            in.start += 2;
        }
    }

    private void refuseHead(int status) {
        Refusal.write(wire, status);
        sendAndClose();
    }

    private void ended() {
        inputEnded = true;
        wire.pause();
        ServerCall current = call;
        if (lingering || current == null) {
            boolean _ = wire.shutdownOutput();
            close();
        } else if (wire.peer() != null) {
            // A sidecar ends its connection only when it has given the call up.
            broken(new EOFException("the caller left"));
        } else {
            current.inputCame();
        }
    }

    @Override
    public EventLoop loop() {
        return wire.loop();
    }

    @Override
    public @Nullable String peer() {
        return wire.peer();
    }

    @Override
    public @Nullable String address() {
        return wire.address();
    }

    @Override
    public boolean takesInterim() {
        Http1Request current = request;
        return current != null && current.http11();
    }

    @Override
    public boolean inputEnded() {
        return inputEnded;
    }

    @Override
    public void interim(int status, String reason, Fields fields) {
        MessageWriter.interim(wire.output(), status, reason, fields);
        boolean _ = wire.flush();
    }

    @Override
    public void head(int status, String reason, Fields fields, BodyLength length, @Nullable String said) {
        Http1Request current = request;
        ServerCall answered = call;
        boolean http11 = current == null || current.http11();
        outFraming = length instanceof BodyLength.Unknown && !http11 ? Framing.UNTIL_CLOSE : Framing.of(length);
        persistent = current != null
                && answered != null
                && current.persistent()
                && !reception.isClosing()
                && !draining
                && !inputEnded
                && answered.bodyTaken()
                && !(outFraming instanceof Framing.UntilClose);
        headSent = true;
        String words = reason.isEmpty() ? StatusText.of(status) : reason;
        MessageWriter.answer(wire.output(), status, words, fields, outFraming, said, persistence(http11));
    }

    private MessageWriter.Persistence persistence(boolean http11) {
        if (!persistent) {
            return MessageWriter.Persistence.CLOSED;
        }
        return http11 ? MessageWriter.Persistence.KEPT : MessageWriter.Persistence.KEPT_AND_SAID;
    }

    @Override
    public int room() {
        return wire.isBlocked() ? 0 : Math.max(0, HIGH_WATER - wire.output().pending());
    }

    @Override
    public void body(byte[] bytes, int offset, int length) {
        MessageWriter.body(wire.output(), outFraming, bytes, offset, length);
    }

    @Override
    public void end(@Nullable Fields trailers) {
        MessageWriter.end(wire.output(), outFraming, trailers);
    }

    @Override
    public void flush() {
        boolean _ = wire.flush();
    }

    @Override
    public void wantInput() {
        wire.resume();
    }

    @Override
    public void holdInput() {
        wire.pause();
    }

    @Override
    public void callerDue() {
        wire.deadlineIn(limits.stall().toNanos());
    }

    @Override
    public void callerNotDue() {
        wire.noDeadline();
    }

    @Override
    public void whenSent(Runnable then) {
        boolean sent = wire.flush();
        if (wire.isClosed()) {
            return;
        }
        if (sent) {
            then.run();
        } else {
            whenSent = then;
            callerDue();
        }
    }

    @Override
    public void drained() {
        Runnable then = whenSent;
        whenSent = null;
        ServerCall current = call;
        if (then != null) {
            wire.noDeadline();
            then.run();
        } else if (current != null) {
            current.outputDrained();
        }
    }

    @Override
    public void finish() {
        call = null;
        request = null; // a thousand waiting connections would keep a thousand requests
        if (switched) {
            // It goes on as a stream, and ends with it.
            return;
        }
        reception.ended();
        if (wire.isClosed()) {
            return;
        }
        if (!persistent || reception.isClosing() || draining) {
            sendAndClose();
            return;
        }
        idleSince = wire.loop().nanos();
        wire.deadlineIn(limits.kept().toNanos());
        wire.idle();
        wire.resume();
        take();
        in.keep();
    }

    @Override
    public void breakOff() {
        call = null;
        reception.ended();
        wire.reset();
        closed();
    }

    @Override
    public boolean canSwitch() {
        Http1Request current = request;
        return current != null && current.http11() && !inputEnded;
    }

    @Override
    public void switchTo(
            RawEnd other, int status, String reason, Fields fields, @Nullable String protocol, PipeListener listener) {
        MessageWriter.switching(
                wire.output(), status, reason.isEmpty() ? StatusText.of(status) : reason, fields, protocol);
        ByteBuffer read = ByteBuffer.allocate(in.size());
        read.put(in.bytes, in.start, in.size()).flip();
        in.release();
        switched = true;
        pipe = Pipe.join(wire, read, other.wire(), other.read(), limits.idle(), new PipeListener() {
            @Override
            public void passed(StreamEnd.Side from, int bytes) {
                listener.passed(from, bytes);
            }

            @Override
            public void ended(StreamEnd end) {
                listener.ended(end);
                reception.ended();
                closed();
            }
        });
    }

    @Override
    public void refuse(int status) {
        if (headSent) {
            breakOff();
            return;
        }
        call = null;
        reception.ended();
        refuseHead(status);
    }

    @Override
    public void cutShort() {
        broken(new IOException("the caller left in the middle of its request"));
    }

    /** Ends the output, and reads on for a moment: closing at once could destroy the answer on its way. */
    private void sendAndClose() {
        lingering = true;
        in.release();
        whenSent(() -> {
            boolean _ = wire.shutdownOutput();
            if (inputEnded) {
                close();
            } else {
                wire.deadlineIn(LINGER.toNanos());
                wire.resume();
            }
        });
    }

    @Override
    public void overdue() {
        if (call != null) {
            wire.reset();
            broken(new IOException("the caller fell silent in the middle of its request or of its answer"));
        } else if (!lingering && !scanner.isIdle()) {
            refuseHead(408);
        } else {
            close();
        }
    }

    @Override
    public void broken(IOException failure) {
        wire.close();
        ServerCall current = call;
        call = null;
        if (current != null) {
            reception.ended();
            current.callerGone();
        }
        closed();
    }

    @Override
    public long idleNanos(long now) {
        return isIdle() ? now - idleSince : 0;
    }

    private boolean isIdle() {
        return call == null && !switched && !lingering && scanner.isIdle() && !wire.awaitsTurn();
    }

    @Override
    public void drain() {
        draining = true;
        if (isIdle()) {
            close();
        }
    }

    @Override
    public void close() {
        Pipe running = pipe;
        if (running != null) {
            running.stop();
            return;
        }
        wire.close();
        if (call != null) {
            broken(new IOException("the listener is closing"));
        } else {
            closed();
        }
    }

    private void closed() {
        in.release();
        reception.closed(this);
    }
}
