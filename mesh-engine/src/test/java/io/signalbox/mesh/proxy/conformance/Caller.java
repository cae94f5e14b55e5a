package io.signalbox.mesh.proxy.conformance;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The caller's end of one connection to the sidecar; no read waits longer than two seconds. */
final class Caller implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 2_000;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final StrictReader reader;
    private String lost = "an end";

    Caller(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
        out = socket.getOutputStream();
        reader = new StrictReader(in);
    }

    /** How a request is handed to the network. */
    enum Pace {
        AT_ONCE,
        BYTE_BY_BYTE
    }

    /** How the connection looks to its caller. */
    enum End {
        OPEN,
        CLOSED,
        /** Further bytes came. */
        MORE
    }

    void send(String text) {
        send(Wire.bytes(text), Pace.AT_ONCE);
    }

    /** Sends as much as the sidecar takes: one that refuses a request need not read it to its end. */
    void send(byte[] bytes, Pace pace) {
        try {
            int step = pace == Pace.AT_ONCE ? Math.max(1, bytes.length) : 1;
            for (int at = 0; at < bytes.length; at += step) {
                out.write(bytes, at, Math.min(step, bytes.length - at));
                out.flush();
            }
        } catch (IOException e) {
            // What the sidecar says to that is still there to read.
        }
    }

    /** Sends no more, which the sidecar sees as the end. */
    void end() {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            // It is closed already.
        }
    }

    /** The interim answer that comes next, or the final one if it comes instead. */
    @Nullable
    Message head() throws IOException {
        return reader.answerHead();
    }

    @Nullable
    Answer answerTo(String method, String version) throws IOException {
        return answerTo(method, version, new ArrayList<>(), null);
    }

    /** Reads an answer; {@code null} when there is none before the connection ends. */
    @Nullable
    Answer answerTo(String method, String version, List<Message> interim, @Nullable Message begun) throws IOException {
        try {
            Message head = begun == null ? reader.answerHead() : begun;
            while (head != null && head.status() < 200 && head.status() != 101) {
                interim.add(reader.answerBody(head, method, version));
                head = reader.answerHead();
            }
            return head == null ? null : finalAnswer(head, method, version, interim);
        } catch (MalformedException | SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            lost = String.valueOf(e.getMessage());
            return null;
        }
    }

    /** How the connection was lost before an answer, if it did not just end. */
    String lost() {
        return lost;
    }

    private Answer finalAnswer(Message head, String method, String version, List<Message> interim) throws IOException {
        try {
            return new Answer(reader.answerBody(head, method, version), interim, true);
        } catch (MalformedException | SocketTimeoutException e) {
            throw e;
        } catch (EOFException e) {
            return new Answer(head, interim, false);
        } catch (IOException e) {
            return new Answer(head.with("reset: " + e.getMessage(), List.of()), interim, false);
        }
    }

    /** Waits for the end of the connection. */
    End atEnd() {
        try {
            return in.read() < 0 ? End.CLOSED : End.MORE;
        } catch (SocketTimeoutException e) {
            return End.OPEN;
        } catch (IOException e) {
            return End.CLOSED;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
