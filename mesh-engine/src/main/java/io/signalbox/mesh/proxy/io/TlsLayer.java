package io.signalbox.mesh.proxy.io;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * TLS between a wire and its handler: one unwrap a record in, one wrap a record out.
 *
 * <p>The slow parts of handshakes run beside the loop. Belongs to the loop's thread.
 */
final class TlsLayer {

    /** Key updates and the like between two writes of data. */
    private static final int MOST_ANSWERS = 64;

    /** The most plain text of one record. */
    private static final int RECORD = 16 * 1024;

    /** Handshakes are computed here; as many threads as cores, since that is all they need. */
    private static final ExecutorService handshakes = Executors.newFixedThreadPool(
            Math.max(2, Runtime.getRuntime().availableProcessors()),
            Thread.ofPlatform().daemon().name("signalbox-tls-", 0).factory());

    private final Wire wire;
    private final TlsPeer security;
    private final SSLEngine engine;
    private @Nullable ByteBuffer in;
    private @Nullable ByteBuffer sealed;
    private @Nullable String peer;
    private long unsealed;
    private int answersOwed;
    private boolean endTold;
    private boolean open;
    private boolean computing;
    private boolean inputEnded;
    private @Nullable IOException failure;

    TlsLayer(Wire wire, TlsPeer security) {
        this.wire = wire;
        this.security = security;
        this.engine = security.newEngine();
        List<String> protocols = security.protocols();
        if (!protocols.isEmpty()) {
            SSLParameters parameters = engine.getSSLParameters();
            parameters.setApplicationProtocols(protocols.toArray(String[]::new));
            engine.setSSLParameters(parameters);
        }
    }

    @Nullable
    String peer() {
        return peer;
    }

    /** What was agreed on by ALPN; empty for nothing. */
    String protocol() {
        String agreed = engine.getApplicationProtocol();
        return agreed == null ? "" : agreed;
    }

    /** Whether the handshake is over. */
    boolean isOpen() {
        return open;
    }

    /** Whether the input ended without the peer's close_notify. */
    boolean isTruncated() {
        return inputEnded && !engine.isInboundDone();
    }

    /** Takes bytes that were read before TLS began. */
    void received(byte[] bytes, int offset, int length) {
        input().put(bytes, offset, length);
    }

    /** Whether there is something that no event of the socket will tell of. */
    boolean hasInput() {
        return in != null || failure != null || (inputEnded && !endTold);
    }

    /** Whether there is a failure or an end that the handler has not been told of. */
    boolean mustTell() {
        return failure != null || (inputEnded && !endTold && in == null);
    }

    /** How much has been unsealed so far: a read that leaves it where it was came to an end. */
    long unsealed() {
        return unsealed;
    }

    /** Carries the handshake on as far as it goes; tells the wire's handler when it is over. */
    void handshake() {
        try {
            if (!flush()) {
                wire.awaitWritable();
                return;
            }
            while (!open && !computing && !wire.isClosed()) {
                if (!step()) {
                    return;
                }
            }
        } catch (IOException e) {
            sendAlert();
            wire.fail(e);
        }
    }

    /** Whether there is more to do at once. */
    private boolean step() throws IOException {
        HandshakeStatus status = engine.getHandshakeStatus();
        return switch (status) {
            case NOT_HANDSHAKING, FINISHED -> begin();
            case NEED_TASK -> compute();
            case NEED_WRAP -> {
                seal(ByteBuffer.allocate(0));
                yield flushed();
            }
            case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> takeIn();
        };
    }

    private boolean begin() throws IOException {
        if (peer == null && engine.getSession().getCipherSuite().contains("NULL")) {
            engine.beginHandshake();
            return true;
        }
        finished();
        return false;
    }

    private boolean compute() {
        Runnable task = engine.getDelegatedTask();
        if (task == null) {
            return true;
        }
        computing = true;
        wire.awaitReadable(false);
        handshakes.execute(() -> {
            task.run();
            wire.loop().execute(() -> {
                computing = false;
                wire.awaitReadable(true);
                handshake();
            });
        });
        return false;
    }

    private boolean flushed() throws IOException {
        if (flush()) {
            return true;
        }
        wire.awaitWritable();
        return false;
    }

    private boolean takeIn() throws IOException {
        ByteBuffer buffer = input();
        buffer.flip();
        SSLEngineResult result = engine.unwrap(buffer, ByteBuffer.allocate(0));
        buffer.compact();
        if (result.getHandshakeStatus() == HandshakeStatus.FINISHED) {
            finished();
            return false;
        }
        return switch (result.getStatus()) {
            case OK -> true;
            case BUFFER_OVERFLOW -> throw new SSLException("data in the middle of the handshake");
            case CLOSED -> throw new SSLException("the peer ended the handshake");
            case BUFFER_UNDERFLOW -> fill(buffer);
        };
    }

    private boolean fill(ByteBuffer buffer) throws IOException {
        int count = wire.socket().read(buffer);
        if (count < 0) {
            throw new EOFException("the peer closed the connection during the TLS handshake");
        }
        return count > 0;
    }

    private void finished() throws IOException {
        peer = security.verify(engine);
        open = true;
        // A server's session tickets follow its last message.
        if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
            answer();
        }
        letGo();
        wire.handler().connected();
        if (hasInput() && !wire.isClosed()) {
            wire.loop().execute(wire::readOn);
        }
    }

    /** Reads plain text; 0 when there is none yet, -1 at the end. What came before a failure is given first. */
    int read(ByteBuffer into) throws IOException {
        IOException kept = failure;
        if (kept != null) {
            throw kept;
        }
        int before = into.position();
        try {
            unseal(into);
        } catch (IOException e) {
            if (into.position() == before) {
                throw e;
            }
            failure = e;
        }
        letGo();
        int read = into.position() - before;
        if (read > 0 || !inputEnded) {
            return read;
        }
        endTold = true;
        return -1;
    }

    private void unseal(ByteBuffer into) throws IOException {
        int before = into.position();
        boolean more = true;
        while (more && (into.remaining() >= RECORD || into.position() == before)) {
            ByteBuffer buffer = input();
            buffer.flip();
            SSLEngineResult result;
            try {
                result = engine.unwrap(buffer, into);
            } finally {
                buffer.compact();
            }
            unsealed += result.bytesConsumed();
            afterUnwrap(result);
            more = switch (result.getStatus()) {
                case OK -> true;
                case BUFFER_OVERFLOW -> false;
                case BUFFER_UNDERFLOW -> receive(buffer);
                case CLOSED -> {
                    inputEnded = true;
                    yield false;
                }
            };
        }
    }

    private boolean receive(ByteBuffer buffer) throws IOException {
        int count = inputEnded ? -1 : wire.socket().read(buffer);
        inputEnded = count < 0;
        return count > 0;
    }

    /** Does what the engine asks for beside data: a key update, an answer to the peer's end. */
    private void afterUnwrap(SSLEngineResult result) throws IOException {
        HandshakeStatus status = result.getHandshakeStatus();
        if (status == HandshakeStatus.NEED_TASK) {
            for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
                task.run();
            }
            status = engine.getHandshakeStatus();
        }
        if (status == HandshakeStatus.NEED_WRAP) {
            if (++answersOwed > MOST_ANSWERS) {
                throw new SSLException("the peer asks for more than it reads");
            }
            answer();
        }
    }

    /** Wraps what the engine wants to say, never on top of output that the socket has not taken. */
    private void answer() throws IOException {
        if (flush()) {
            seal(ByteBuffer.allocate(0));
        }
        if (!flush()) {
            wire.awaitWritable();
        }
    }

    /** Seals and sends; returns how much was taken, which is all unless the socket is full. */
    int write(byte[] bytes, int offset, int length) throws IOException {
        ByteBuffer plain = ByteBuffer.wrap(bytes, offset, length);
        while (plain.hasRemaining()) {
            if (!flush()) {
                break;
            }
            answersOwed = 0;
            seal(plain);
        }
        return plain.position() - offset;
    }

    /** Sends what is sealed; whether all of it is gone. */
    boolean flush() throws IOException {
        ByteBuffer buffer = sealed;
        if (buffer == null) {
            return true;
        }
        buffer.flip();
        wire.socket().write(buffer);
        if (buffer.hasRemaining()) {
            buffer.compact();
            return false;
        }
        sealed = null;
        giveBack(buffer);
        return true;
    }

    /** Says that nothing more will be sent; whether that is gone. */
    boolean closeOutput() throws IOException {
        if (!flush()) {
            return false;
        }
        if (!engine.isOutboundDone()) {
            engine.closeOutbound();
            seal(ByteBuffer.allocate(0));
        }
        return flush();
    }

    void release() {
        if (!computing) {
            engine.closeOutbound();
        }
        ByteBuffer buffer = in;
        in = null;
        if (buffer != null) {
            giveBack(buffer);
        }
        ByteBuffer waiting = sealed;
        sealed = null;
        if (waiting != null) {
            giveBack(waiting);
        }
    }

    private void seal(ByteBuffer plain) throws SSLException {
        ByteBuffer buffer = sealed;
        if (buffer == null) {
            buffer = ByteBuffer.wrap(wire.loop().buffers().take());
            sealed = buffer;
        }
        SSLEngineResult result = engine.wrap(plain, buffer);
        while (result.getStatus() == Status.OK && plain.hasRemaining() && buffer.remaining() > RECORD + RECORD / 8) {
            result = engine.wrap(plain, buffer);
        }
        if (result.getStatus() == Status.CLOSED && plain.hasRemaining()) {
            throw new SSLException("the TLS session is closed");
        }
    }

    private void sendAlert() {
        try {
            if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
                seal(ByteBuffer.allocate(0));
            }
            flush();
        } catch (IOException e) {
            // The connection ends anyway; the alert was a courtesy.
        }
    }

    private ByteBuffer input() {
        ByteBuffer buffer = in;
        if (buffer == null) {
            buffer = ByteBuffer.wrap(wire.loop().buffers().take());
            in = buffer;
        }
        return buffer;
    }

    /** An empty buffer goes back to the pool, so that a quiet connection holds none. */
    private void letGo() {
        ByteBuffer buffer = in;
        if (buffer != null && buffer.position() == 0) {
            in = null;
            giveBack(buffer);
        }
    }

    @SuppressWarnings("ByteBufferBackingArray") // both buffers are wrapped arrays of the pool
    private void giveBack(ByteBuffer buffer) {
        wire.loop().buffers().give(buffer.array());
    }
}
