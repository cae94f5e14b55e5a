package io.signalbox.mesh.proxy.http2;

import io.signalbox.mesh.proxy.io.Inbox;
import io.signalbox.mesh.proxy.io.Wire;
import io.signalbox.mesh.proxy.relay.BodyLength;
import io.signalbox.mesh.proxy.relay.CallerConnection;
import io.signalbox.mesh.proxy.relay.Reception;
import io.signalbox.mesh.proxy.relay.RequestMessage;
import io.signalbox.mesh.proxy.relay.ServerCall;
import io.signalbox.mesh.proxy.relay.Upstreams;
import io.signalbox.mesh.proxy.transport.TransportLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A caller's connection: each stream that it opens is one request. */
public final class Http2Caller extends Http2Connection implements CallerConnection {

    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FAREWELL = "farewell".getBytes(StandardCharsets.US_ASCII);
    private static final int MOST_STREAMS = 1_000;

    private final Reception reception;
    private final Upstreams upstreams;
    private boolean prefaced;
    private boolean draining;
    private boolean finalGoAway;
    private int lastStream;
    private long idleSince;

    public Http2Caller(
            Wire wire, Inbox in, Reception reception, Upstreams upstreams, Http2Codec codec, TransportLimits limits) {
        super(wire, in, codec, limits);
        this.reception = reception;
        this.upstreams = upstreams;
        idleSince = wire.loop().nanos();
    }

    /** What every connection begins with (RFC 9113, 3.4). */
    public static byte[] preface() {
        return PREFACE.clone();
    }

    /** Serves the wire from now on, beginning with what has been read of it. */
    public void begin() {
        begin(
                Setting.MAX_CONCURRENT_STREAMS,
                MOST_STREAMS,
                Setting.INITIAL_WINDOW_SIZE,
                FlowControl.STREAM_WINDOW,
                Setting.MAX_HEADER_LIST_SIZE,
                limits().headerBytes());
        if (!in().isEmpty()) {
            received();
        }
        if (reception.isClosing()) {
            drain();
        }
    }

    Reception reception() {
        return reception;
    }

    @Override
    void received() {
        if (!prefaced) {
            Inbox in = in();
            int most = Math.min(PREFACE.length, in.size());
            for (int i = 0; i < most; i++) {
                if (in.bytes[in.start + i] != PREFACE[i]) {
                    end(ErrorCode.PROTOCOL_ERROR, "no connection preface");
                    return;
                }
            }
            if (most < PREFACE.length) {
                in.keep();
                return;
            }
            in.start += PREFACE.length;
            prefaced = true;
        }
        super.received();
    }

    @Override
    void setting(int id, int value) throws Http2Exception {
        if (id == Setting.ENABLE_PUSH && value != 0 && value != 1) {
            throw Http2Exception.connection(ErrorCode.PROTOCOL_ERROR, "a push setting that is neither 0 nor 1");
        }
    }

    @Override
    void opens(int id, HeadBlock block, boolean whole, boolean last) throws Http2Exception {
        if (id % 2 == 0) {
            throw Http2Exception.connection(ErrorCode.PROTOCOL_ERROR, "a caller's stream of an even number");
        }
        if (id <= lastStream) {
            throw Http2Exception.connection(ErrorCode.STREAM_CLOSED, "fields on a stream that is closed");
        }
        if (finalGoAway) {
            throw Http2Exception.stream(id, ErrorCode.REFUSED_STREAM, "the listener is closing");
        }
        lastStream = id;
        if (streams().size() >= MOST_STREAMS) {
            throw Http2Exception.stream(id, ErrorCode.REFUSED_STREAM, "more streams than are allowed");
        }
        CallerStream stream = new CallerStream(this, id);
        if (!whole) {
            streams().add(stream);
            stream.refuseHead(431);
            return;
        }
        RequestMessage message = Requests.read(id, block, last);
        stream.promise(block.fields);
        if (last) {
            stream.ends(null);
        }
        streams().add(stream);
        boolean bodiless = message.length() instanceof BodyLength.None;
        ServerCall call = new ServerCall(stream, upstreams, message, bodiless ? null : stream);
        stream.serves(call);
        reception.began(call);
    }

    @Override
    void continues(Http2Stream stream, HeadBlock block, boolean whole, boolean last) throws Http2Exception {
        trailers(stream, block, whole, last);
    }

    @Override
    boolean isIdle(int stream) {
        return stream % 2 == 0 || stream > lastStream;
    }

    @Override
    int lastPeerStream() {
        return lastStream;
    }

    @Override
    void removed(Http2Stream stream) {
        forget(stream);
        if (streams().size() == 0) {
            idleSince = wire().loop().nanos();
            if (finalGoAway && !isClosed()) {
                wire().loop().execute(this::closeIfIdle);
            }
        }
    }

    private void closeIfIdle() {
        if (streams().size() == 0 && !isClosed()) {
            if (wire().flush()) {
                fail(new IOException("the listener is closing"));
            }
        }
    }

    @Override
    void tick(long now) {
        if (streams().size() > 0) {
            return;
        }
        if (finalGoAway) {
            closeIfIdle();
        } else if (now - idleSince > limits().kept().toNanos()) {
            end(ErrorCode.NO_ERROR, "idle for too long");
        }
    }

    @Override
    void pingAnswered(byte[] bytes, int offset) {
        if (draining && !finalGoAway) {
            sayFarewell();
        }
    }

    @Override
    public void goAway(int last, int code) {
        // The caller opens no more streams; those that are open go on.
    }

    @Override
    public long idleNanos(long now) {
        return draining || streams().size() > 0 ? 0 : now - idleSince;
    }

    /** Says that the connection ends, waits for what is on its way (RFC 9113, 6.8), and ends when the last is answered. */
    @Override
    public void drain() {
        if (draining || isClosed()) {
            return;
        }
        draining = true;
        writer().goAway(Integer.MAX_VALUE, ErrorCode.NO_ERROR);
        writer().ping(FAREWELL, 0, 0);
        wire().flushSoon();
    }

    private void sayFarewell() {
        finalGoAway = true;
        writer().goAway(lastStream, ErrorCode.NO_ERROR);
        wire().flushSoon();
        if (streams().size() == 0) {
            wire().loop().execute(this::closeIfIdle);
        }
    }

    @Override
    public void close() {
        if (!isClosed()) {
            end(ErrorCode.NO_ERROR, "the listener is closing");
        }
    }

    @Override
    void closed() {
        reception.closed(this);
    }
}
