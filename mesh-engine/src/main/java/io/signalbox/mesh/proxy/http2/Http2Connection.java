package io.signalbox.mesh.proxy.http2;

import io.signalbox.mesh.proxy.http2.hpack.HpackDecoder;
import io.signalbox.mesh.proxy.http2.hpack.HpackEncoder;
import io.signalbox.mesh.proxy.http2.hpack.HpackException;
import io.signalbox.mesh.proxy.http2.hpack.HpackOutput;
import io.signalbox.mesh.proxy.io.Inbox;
import io.signalbox.mesh.proxy.io.Wire;
import io.signalbox.mesh.proxy.message.Fields;
import io.signalbox.mesh.proxy.transport.TransportLimits;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What both ends of an HTTP/2 connection do alike: frames, settings, flow control, and who waits for room. Belongs to its
 * loop's thread.
 */
abstract sealed class Http2Connection implements Wire.Handler, FrameReader.Receiver permits Http2Caller, Http2Endpoint {

    private static final int TABLE = 4096;

    /** A peer that lets this much wait without reading, most of it answers to its own pings and settings, is cut off. */
    private static final int MOST_PENDING = 4 * 1024 * 1024;

    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration BLOCK = Duration.ofSeconds(30);

    private final Wire wire;
    private final Inbox in;
    private final TransportLimits limits;
    private final Http2Codec codec;
    private final FrameReader reader = new FrameReader(this);
    private final FrameWriter writer;
    private final FlowControl flow;
    private final HpackDecoder decoder;
    private final HpackEncoder encoder = new HpackEncoder(TABLE);
    private final StreamMap streams = new StreamMap();
    private final ResetStreams resets = new ResetStreams();
    private final Patience patience;
    private long blockSince;
    private boolean firstFrame = true;
    private boolean closed;

    Http2Connection(Wire wire, Inbox in, Http2Codec codec, TransportLimits limits) {
        this.wire = wire;
        this.in = in;
        this.codec = codec;
        this.limits = limits;
        writer = new FrameWriter(wire.output());
        flow = new FlowControl(wire, writer);
        decoder = new HpackDecoder(TABLE, limits.headerBytes());
        patience = new Patience(wire.loop().nanos());
    }

    Wire wire() {
        return wire;
    }

    Inbox in() {
        return in;
    }

    FrameWriter writer() {
        return writer;
    }

    StreamMap streams() {
        return streams;
    }

    TransportLimits limits() {
        return limits;
    }

    boolean isClosed() {
        return closed;
    }

    FlowControl flow() {
        return flow;
    }

    /** Sends the settings, and serves from now on. */
    void begin(int... settings) {
        wire.handOver(this);
        writer.settings(settings);
        flow.open();
        wire.flushSoon();
        wire.deadlineIn(TICK.toNanos());
    }

    /** The peer's setting, beside those that both ends know. */
    abstract void setting(int id, int value) throws Http2Exception;

    /** A block of fields on a stream that is not there. */
    abstract void opens(int stream, HeadBlock block, boolean whole, boolean last) throws Http2Exception;

    /** A block of fields on a stream that is. */
    abstract void continues(Http2Stream stream, HeadBlock block, boolean whole, boolean last) throws Http2Exception;

    /** Whether that stream was never opened. */
    abstract boolean isIdle(int stream);

    abstract void removed(Http2Stream stream);

    /** Once a second. */
    abstract void tick(long now);

    /** The connection is gone, and all streams with it. */
    abstract void closed();

    abstract void pingAnswered(byte[] bytes, int offset);

    // -- input

    @Override
    public void connected() {}

    @Override
    public void readable() {
        try {
            int count = in.fill(wire);
            if (count < 0) {
                wire.close();
                abandon(new IOException("the peer closed the connection"));
            } else if (closed) {
                in.release();
            } else if (count > 0) {
                received();
            }
        } catch (IOException e) {
            broken(e);
        }
    }

    void received() {
        boolean before = reader.inBlock();
        while (!closed) {
            try {
                reader.read(in);
                break;
            } catch (Http2Exception e) {
                handle(e);
            }
        }
        if (closed) {
            return;
        }
        in.keep();
        if (reader.inBlock() && !before) {
            blockSince = wire.loop().nanos();
        }
        if (wire.output().pending() > MOST_PENDING) {
            fail(new IOException("the peer does not read what it asks for"));
        }
    }

    private void handle(Http2Exception e) {
        if (e.stream() == 0) {
            end(e.code(), e.getMessage());
            return;
        }
        Http2Stream stream = streams.get(e.stream());
        if (stream == null) {
            writeReset(e.stream(), e.code());
        } else {
            stream.reset(e.code());
            stream.lost(e);
        }
    }

    /** Says why, ends the output, and reads on for a moment: closing at once could destroy what was said. */
    void end(int code, @Nullable String why) {
        if (closed) {
            return;
        }
        writer.goAway(lastPeerStream(), code);
        if (wire.flush() && !wire.isClosed()) {
            wire.shutdownOutput();
            abandon(new IOException(why));
            wire.resume();
            wire.deadlineIn(TICK.toNanos());
        } else {
            fail(new IOException(why));
        }
    }

    /** The last stream of the peer's that was looked at. */
    abstract int lastPeerStream();

    private void requireSettingsFirst(boolean settings) throws Http2Exception {
        if (firstFrame && !settings) {
            throw Http2Exception.connection(ErrorCode.PROTOCOL_ERROR, "another frame before the settings");
        }
        firstFrame = false;
    }

    @Override
    public void dataBegins(int id, int flowLength) throws Http2Exception {
        requireSettingsFirst(false);
        flow.came(flowLength);
        if (flowLength == 0) {
            bear();
        }
        Http2Stream stream = streams.get(id);
        if (stream != null) {
            stream.dataBegins(flowLength);
        } else if (isIdle(id)) {
            throw Http2Exception.connection(ErrorCode.PROTOCOL_ERROR, "data on a stream that is not open");
        } else if (!resets.contains(id)) {
            throw Http2Exception.stream(id, ErrorCode.STREAM_CLOSED, "data on a stream that is closed");
        }
    }

    @Override
    public void data(int id, byte[] bytes, int offset, int length) throws Http2Exception {
        Http2Stream stream = streams.get(id);
        if (stream == null) {
            flow.consumed(length);
        } else {
            stream.data(bytes, offset, length);
        }
    }

    @Override
    public void dataEnds(int id, int padding, boolean last) throws Http2Exception {
        Http2Stream stream = streams.get(id);
        if (stream == null) {
            flow.consumed(padding);
            return;
        }
        stream.padded(padding);
        if (last) {
            stream.ends(null);
            stream.inputCame();
        }
    }

    @Override
    public void headers(int id, byte[] bytes, int offset, int length, boolean last) throws Http2Exception {
        requireSettingsFirst(false);
        HeadBlock block = new HeadBlock();
        boolean whole;
        try {
            whole = decoder.decode(bytes, offset, offset + length, block);
        } catch (HpackException e) {
            throw Http2Exception.connection(ErrorCode.COMPRESSION_ERROR, String.valueOf(e.getMessage()));
        }
        block.end();
        Http2Stream stream = streams.get(id);
        if (stream != null) {
            if (stream.remoteEnded()) {
                throw Http2Exception.stream(id, ErrorCode.STREAM_CLOSED, "fields after the end");
            }
            continues(stream, block, whole, last);
        } else if (!resets.contains(id)) {
            opens(id, block, whole, last);
        }
    }

    /** Trailers: the end, without pseudo-header fields. */
    static void trailers(Http2Stream stream, HeadBlock block, boolean whole, boolean last) throws Http2Exception {
        if (!last || !whole || block.hasPseudo() || block.wrong() != null) {
            throw Requests.malformed(stream.id(), "trailers that are none");
        }
        stream.ends(block.fields);
        stream.inputCame();
    }

    @Override
    public void settings(byte[] bytes, int offset, int length) throws Http2Exception {
        requireSettingsFirst(true);
        bear();
        for (int at = offset; at < offset + length; at += 6) {
            int id = ((bytes[at] & 0xff) << 8) | (bytes[at + 1] & 0xff);
            int value = FrameReader.number(bytes, at + 2);
            switch (id) {
                case Setting.HEADER_TABLE_SIZE -> encoder.peerTableSize(value < 0 ? TABLE : Math.min(value, TABLE));
                case Setting.INITIAL_WINDOW_SIZE -> flow.startWith(value, streams.all());
                case Setting.MAX_FRAME_SIZE -> {
                    if (value < Frame.USUAL_LENGTH || value > 0xffffff) {
                        throw Http2Exception.connection(ErrorCode.PROTOCOL_ERROR, "a frame size out of its range");
                    }
                }
                default -> setting(id, value);
            }
        }
        writer.settingsTaken();
        wire.flushSoon();
        flow.wakeUp();
    }

    @Override
    public void settingsTaken() throws Http2Exception {
        requireSettingsFirst(false);
    }

    @Override
    public void ping(byte[] bytes, int offset, boolean answer) throws Http2Exception {
        requireSettingsFirst(false);
        if (answer) {
            pingAnswered(bytes, offset);
        } else {
            bear();
            writer.ping(bytes, offset, Frame.ACK);
            wire.flushSoon();
        }
    }

    @Override
    public void windowUpdate(int id, int increment) throws Http2Exception {
        requireSettingsFirst(false);
        if (id == 0) {
            flow.grows(increment);
        } else {
            if (isIdle(id)) {
                throw Http2Exception.connection(ErrorCode.PROTOCOL_ERROR, "a window of a stream that is not open");
            }
            Http2Stream stream = streams.get(id);
            if (increment == 0) {
                throw Http2Exception.stream(id, ErrorCode.PROTOCOL_ERROR, "a window that grows by nothing");
            }
            if (stream == null) {
                return;
            }
            stream.windowGrows(increment);
        }
        flow.wakeUp();
    }

    @Override
    public void reset(int id, int code) throws Http2Exception {
        requireSettingsFirst(false);
        if (isIdle(id)) {
            throw Http2Exception.connection(ErrorCode.PROTOCOL_ERROR, "a reset of a stream that is not open");
        }
        bear();
        Http2Stream stream = streams.get(id);
        if (stream != null) {
            stream.remove();
            stream.wasReset(code);
        }
    }

    @Override
    public void idle(int id) throws Http2Exception {
        requireSettingsFirst(false);
        bear();
    }

    private void bear() throws Http2Exception {
        if (!patience.bears(wire.loop().nanos())) {
            throw Http2Exception.connection(ErrorCode.ENHANCE_YOUR_CALM, "too many frames that say nothing");
        }
    }

    // -- output

    @Override
    public void drained() {
        flow.wakeUp();
    }

    /** Begins a block of fields. */
    HpackOutput block() {
        HpackOutput output = codec.output();
        encoder.begin(output);
        return output;
    }

    HpackEncoder encoder() {
        return encoder;
    }

    void writeBlock(int id, HpackOutput block, int flags) {
        writer.headers(id, block.bytes(), block.length(), flags);
        wire.flushSoon();
    }

    void writeTrailers(int id, Fields fields) {
        HpackOutput output = block();
        MessageFields.write(encoder, output, fields);
        writeBlock(id, output, Frame.END_STREAM);
    }

    void writeReset(int id, int code) {
        if (!closed) {
            resets.add(id);
            writer.reset(id, code);
            wire.flushSoon();
        }
    }

    // -- the end

    @Override
    public void overdue() {
        if (closed) {
            wire.close();
            return;
        }
        long now = wire.loop().nanos();
        if (reader.inBlock() && now - blockSince > BLOCK.toNanos()) {
            end(ErrorCode.ENHANCE_YOUR_CALM, "a block of fields that does not end");
            return;
        }
        for (Http2Stream stream : streams.all()) {
            if (stream.isOverdue(now) && !stream.isRemoved()) {
                stream.overdue();
            }
        }
        if (!closed) {
            tick(now);
        }
        if (!closed) {
            wire.deadlineIn(TICK.toNanos());
        }
    }

    @Override
    public void broken(IOException failure) {
        fail(failure);
    }

    /** Closes; every stream loses its peer. */
    void fail(Exception why) {
        wire.close();
        abandon(why);
    }

    private void abandon(Exception why) {
        if (closed) {
            return;
        }
        closed = true;
        flow.close();
        for (Http2Stream stream : streams.all()) {
            stream.remove();
            stream.lost(why);
        }
        in.release();
        closed();
    }

    /** Takes the stream out of what is kept of it. */
    void forget(Http2Stream stream) {
        streams.remove(stream.id());
        flow.forget(stream);
    }
}
