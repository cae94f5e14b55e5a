package io.signalbox.mesh.proxy.http2;

import io.signalbox.mesh.proxy.io.Inbox;
import io.signalbox.mesh.proxy.io.Wire;
import io.signalbox.mesh.proxy.transport.TransportLimits;
import io.signalbox.mesh.proxy.transport.UpstreamFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A connection to one target: each attempt is a stream of its own. */
public final class Http2Endpoint extends Http2Connection {

    /** How many streams a peer takes that has not said it yet. */
    public static final int USUAL_STREAMS = 100;

    /** How long an unused connection is kept: a new one costs a handshake, and a quiet one little. */
    private static final Duration KEPT = Duration.ofSeconds(60);

    /** How long the peer may be silent before it is asked whether it is there. */
    private static final Duration ASK = Duration.ofSeconds(15);

    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final byte[] QUESTION = "are you?".getBytes(StandardCharsets.US_ASCII);
    private static final int LAST_NUMBER = Integer.MAX_VALUE - 2;

    private final Home home;
    private int mostStreams = USUAL_STREAMS;
    private int nextNumber = 1;
    private int opening;
    private boolean leaving;
    private boolean heard;
    private boolean asked;
    private long heardAt;
    private long askedAt;
    private long idleSince;
    private @Nullable UpstreamFailure cause;

    /** Keeps the connection, and gives it streams to serve. */
    public interface Home {

        /** There may be room for another stream. */
        void roomAgain(Http2Endpoint connection);

        void closed(Http2Endpoint connection);
    }

    public Http2Endpoint(Wire wire, Home home, Http2Codec codec, TransportLimits limits) {
        super(wire, new Inbox(wire.loop().buffers()), codec, limits);
        this.home = home;
        heardAt = wire.loop().nanos();
        idleSince = heardAt;
    }

    /** Says the preface, and serves from now on. */
    public void begin() {
        byte[] preface = Http2Caller.preface();
        wire().output().put(preface, 0, preface.length);
        begin(
                Setting.ENABLE_PUSH,
                0,
                Setting.INITIAL_WINDOW_SIZE,
                FlowControl.STREAM_WINDOW,
                Setting.MAX_HEADER_LIST_SIZE,
                limits().headerBytes());
    }

    /** Whether one more stream can be opened now. */
    public boolean hasRoom() {
        return !leaving && !isClosed() && streams().size() + opening < mostStreams;
    }

    /** A new stream, for one request that follows at once. */
    public EndpointStream open() {
        opening++;
        return new EndpointStream(this);
    }

    /** The stream sends its first frame now; numbers rise in that order. */
    void opened(EndpointStream stream) {
        opening--;
        stream.numbered(nextNumber);
        nextNumber += 2;
        leaving |= nextNumber >= LAST_NUMBER;
        streams().add(stream);
    }

    /** Whether the peer has said anything yet. */
    boolean wasHeard() {
        return heard;
    }

    /** Ends it; every stream's call is told that. */
    public void fail(UpstreamFailure failure) {
        cause = failure;
        fail(new IOException(failure.detail()));
    }

    @Nullable
    UpstreamFailure cause() {
        return cause;
    }

    @Override
    void received() {
        heard = true;
        heardAt = wire().loop().nanos();
        super.received();
    }

    @Override
    void setting(int id, int value) throws Http2Exception {
        if (id == Setting.MAX_CONCURRENT_STREAMS) {
            mostStreams = value < 0 ? Integer.MAX_VALUE : value;
            home.roomAgain(this);
        } else if (id == Setting.ENABLE_PUSH && value != 0) {
            throw Http2Exception.connection(ErrorCode.PROTOCOL_ERROR, "a push that nobody may send");
        }
    }

    @Override
    void opens(int id, HeadBlock block, boolean whole, boolean last) throws Http2Exception {
        if (isIdle(id)) {
            throw Http2Exception.connection(ErrorCode.PROTOCOL_ERROR, "an answer to nothing");
        }
        throw Http2Exception.stream(id, ErrorCode.STREAM_CLOSED, "fields on a stream that is closed");
    }

    @Override
    void continues(Http2Stream stream, HeadBlock block, boolean whole, boolean last) throws Http2Exception {
        if (stream instanceof EndpointStream own && !own.isHeaded()) {
            own.headCame(block, whole, last);
        } else {
            trailers(stream, block, whole, last);
        }
    }

    @Override
    boolean isIdle(int stream) {
        return stream % 2 == 0 || stream >= nextNumber;
    }

    @Override
    int lastPeerStream() {
        return 0;
    }

    @Override
    void removed(Http2Stream stream) {
        boolean full = streams().size() >= mostStreams;
        forget(stream);
        if (streams().size() == 0) {
            idleSince = wire().loop().nanos();
        }
        if (leaving) {
            closeIfDone();
        } else if (full) {
            wire().loop().execute(() -> home.roomAgain(this));
        }
    }

    private void closeIfDone() {
        if (streams().size() == 0 && opening == 0 && !isClosed()) {
            wire().loop().execute(() -> {
                if (streams().size() == 0 && opening == 0) {
                    fail(new IOException("the endpoint takes no more"));
                }
            });
        }
    }

    /** Streams above the last were not looked at; those below go on. */
    @Override
    public void goAway(int last, int code) {
        leaving = true;
        for (Http2Stream stream : streams().all()) {
            if (stream.id() > last && stream instanceof EndpointStream own && !own.isRemoved()) {
                own.remove();
                own.notTaken();
            }
        }
        closeIfDone();
    }

    @Override
    void tick(long now) {
        if (streams().size() == 0 && now - idleSince > KEPT.toNanos()) {
            end(ErrorCode.NO_ERROR, "not used any more");
        } else if (asked && now - askedAt > ANSWER.toNanos()) {
            fail(new UpstreamFailure.Stalled("the endpoint does not answer pings"));
        } else if (!asked && streams().size() > 0 && now - heardAt > ASK.toNanos()) {
            asked = true;
            askedAt = now;
            writer().ping(QUESTION, 0, 0);
            wire().flushSoon();
        }
    }

    @Override
    void pingAnswered(byte[] bytes, int offset) {
        asked = false;
    }

    @Override
    void closed() {
        home.closed(this);
    }
}
