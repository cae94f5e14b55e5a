package io.signalbox.shop.line;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** One TCP connection that carries lines of ASCII, each ended by a line feed. Not for many threads. */
final class LineConnection implements AutoCloseable {

    static final int LONGEST_LINE = 256;

    private final Socket socket;
    private final InputStream in;
    private int linesWritten;

    /** @param patience how long a line may be waited for */
    LineConnection(Socket socket, Duration patience) throws IOException {
        this.socket = socket;
        socket.setSoTimeout((int) patience.toMillis());
        in = new BufferedInputStream(socket.getInputStream(), LONGEST_LINE);
    }

    /** The next line without its end; empty when the other side has closed after the last. */
    Optional<String> read() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0 && line.size() == 0) {
                return Optional.empty();
            }
            if (next < 0) {
                throw new EOFException("The connection ended within a line");
            }
            if (line.size() == LONGEST_LINE) {
                throw new IOException("line: more than " + LONGEST_LINE + " bytes");
            }
            line.write(next);
        }
        return Optional.of(line.toString(StandardCharsets.US_ASCII).stripTrailing());
    }

    int linesWritten() {
        return linesWritten;
    }

    void write(String line) throws IOException {
        linesWritten++;
        send(line + "\n");
    }

    /** Sends the beginning of a line and resets the connection. */
    void cut(String beginning) throws IOException {
        send(beginning);
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException alreadyGone) {
            // nothing is left to close
        }
    }

    private void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }
}
