package io.signalbox.mesh.proxy.http1;

import io.signalbox.mesh.proxy.io.Inbox;
import io.signalbox.mesh.proxy.io.Wire;
import io.signalbox.mesh.proxy.message.BadMessage;
import io.signalbox.mesh.proxy.message.Fields;
import io.signalbox.mesh.proxy.relay.AnswerMessage;
import io.signalbox.mesh.proxy.relay.BodyLength;
import io.signalbox.mesh.proxy.relay.BodySource;
import io.signalbox.mesh.proxy.relay.Upstream;
import io.signalbox.mesh.proxy.relay.UpstreamCall;
import io.signalbox.mesh.proxy.tcp.RawEnd;
import io.signalbox.mesh.proxy.transport.TransportLimits;
import io.signalbox.mesh.proxy.transport.UpstreamFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** A connection to one target: serving one call, or idle in its pool. Belongs to its loop's thread. */
public final class Http1Endpoint implements Wire.Handler, Upstream {

    private static final byte[] VERSION = {'H', 'T', 'T', 'P', '/', '1', '.'};

    /** How much may wait to be written before no more is taken. */
    private static final int HIGH_WATER = 64 * 1024;

    private final Home home;
    private final Http1Codec codec;
    private final TransportLimits limits;
    private final Wire wire;
    private final Inbox in;
    private final HeadScanner scanner;
    private final InboxBody body;
    private @Nullable UpstreamCall call;
    private @Nullable Http1Answer answer;
    private Framing inFraming = Framing.NONE;
    private Framing outFraming = Framing.NONE;
    private String method = "";
    private boolean fresh = true;
    private boolean silent = true;

    /** Servers that were asked to switch and did not are known to read what comes next in another way (Node 20). */
    private boolean askedToSwitch;

    /** Keeps the connection while it serves no call. */
    public interface Home {

        void idle(Http1Endpoint connection);

        void closed(Http1Endpoint connection);
    }

    public Http1Endpoint(Wire wire, Home home, Http1Codec codec, TransportLimits limits) {
        this.wire = wire;
        this.home = home;
        this.codec = codec;
        this.limits = limits;
        in = new Inbox(wire.loop().buffers());
        scanner = new HeadScanner(limits.headerBytes());
        body = new InboxBody(in, new BodyReader(codec.lines(), limits.headerBytes()));
        wire.handOver(this);
        wire.deadlineIn(limits.pooled().toNanos());
    }

    public boolean isOpen() {
        return !wire.isClosed();
    }

    /** What it serves now. */
    public @Nullable UpstreamCall call() {
        return call;
    }

    @Override
    public void request(UpstreamCall next, String requestMethod, String target, Fields fields, BodyLength length) {
        call = next;
        silent = true;
        method = requestMethod;
        askedToSwitch = fields.has("Upgrade");
        outFraming = Framing.of(length);
        wire.resume();
        endpointDue();
        MessageWriter.request(wire.output(), requestMethod, target, fields, outFraming);
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
    public BodySource answerBody() {
        return body;
    }

    @Override
    public void wantAnswer() {
        wire.resume();
    }

    @Override
    public void holdAnswer() {
        wire.pause();
    }

    @Override
    public void endpointDue() {
        wire.deadlineIn(limits.stall().toNanos());
    }

    @Override
    public void endpointNotDue() {
        wire.noDeadline();
    }

    @Override
    public boolean mayBeStale() {
        return !fresh && silent;
    }

    @Override
    public void connected() {}

    @Override
    public void readable() {
        try {
            int count = in.fill(wire);
            UpstreamCall current = call;
            if (current == null) {
                if (count != 0) {
                    close();
                }
                return;
            }
            if (count < 0) {
                ended(current);
            } else if (count > 0) {
                silent = false;
                endpointDue();
                current.answerCame();
            }
            in.keep();
        } catch (IOException e) {
            broken(e);
        }
    }

    private void ended(UpstreamCall current) {
        if (answer != null && !wire.isTruncated() && body.ended()) {
            current.answerCame();
        } else {
            current.failed(lost());
        }
    }

    @Override
    public @Nullable AnswerMessage readHead() throws BadMessage {
        if (in.isEmpty()) {
            return null;
        }
        if (scanner.isIdle() && !beginsLikeHttp()) {
            throw BadMessage.invalid("an answer that is not HTTP");
        }
        int length = scanner.find(in);
        if (length < 0) {
            return null;
        }
        if (length > scanner.limit()) {
            throw scanner.tooLarge();
        }
        scanner.reset();
        Http1Answer read = codec.answers().read(in.bytes, in.start, length);
        in.start += length;
        if (read.status() >= 200 || read.status() == 101) {
            answer = read;
            inFraming = method.equals("HEAD")
                    ? Framing.NONE
                    : Framing.ofAnswer(read.fields(), read.status(), read.http11());
            body.begin(inFraming);
            return read.message(inFraming);
        }
        return read.message(Framing.NONE);
    }

    private boolean beginsLikeHttp() {
        for (int i = 0; i < Math.min(VERSION.length, in.size()); i++) {
            if (in.bytes[in.start + i] != VERSION[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void drained() {
        UpstreamCall current = call;
        if (current != null) {
            current.pumpRequest();
        }
    }

    @Override
    public RawEnd takeOver() {
        ByteBuffer read = ByteBuffer.allocate(in.size());
        read.put(in.bytes, in.start, in.size()).flip();
        call = null;
        in.release();
        home.closed(this);
        return new RawEnd(wire, read);
    }

    @Override
    public void release(Request request) {
        Http1Answer read = answer;
        boolean reusable = request == Request.WHOLE
                && read != null
                && !askedToSwitch
                && read.status() != 101
                && read.persistent()
                && !(inFraming instanceof Framing.UntilClose)
                && in.isEmpty()
                && isOpen()
                && wire.output().pending() == 0
                && !wire.isBlocked();
        call = null;
        answer = null;
        if (!reusable) {
            close();
            return;
        }
        fresh &= silent;
        in.release();
        scanner.reset();
        wire.resume();
        wire.deadlineIn(limits.pooled().toNanos());
        home.idle(this);
    }

    @Override
    public void discard(Request request) {
        try {
            boolean _ = body.read((bytes, offset, length) -> {}, Integer.MAX_VALUE);
        } catch (BadMessage e) {
            close();
            return;
        }
        release(body.isDone() ? request : Request.IN_PART);
    }

    @Override
    public void overdue() {
        UpstreamCall current = call;
        close();
        if (current != null) {
            current.failed(new UpstreamFailure.Stalled("the connection to the endpoint fell silent"));
        }
    }

    @Override
    public void broken(IOException failure) {
        UpstreamCall current = call;
        boolean refused = failure instanceof SSLException && silent && fresh;
        close();
        if (current != null) {
            current.failed(refused ? refused(failure) : lost());
        }
    }

    /** With TLS 1.3 a server's refusal comes after the client's handshake is over. */
    private static UpstreamFailure refused(IOException failure) {
        return new UpstreamFailure.IdentityRefused("mutual TLS with the endpoint failed: " + failure.getMessage());
    }

    private static UpstreamFailure lost() {
        return new UpstreamFailure.Reset("the connection to the endpoint ended before the answer was complete");
    }

    /** Closes; a call that it serves is told by whoever asks for this. */
    @Override
    public void close() {
        call = null;
        wire.close();
        in.release();
        home.closed(this);
    }
}
