package io.signalbox.mesh.proxy;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A client on a bare socket, which sends and sees every byte. */
final class RawHttp implements AutoCloseable {

    final Socket socket;
    final InputStream in;
    final OutputStream out;

    RawHttp(int port) throws IOException {
        this(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    RawHttp(Socket connected) throws IOException {
        socket = connected;
        socket.setSoTimeout(10_000);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    /** Sends text in which each line break stands for CR LF. */
    RawHttp send(String text) throws IOException {
        out.write(text.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
        return this;
    }

    Answer answer() throws IOException {
        return answerTo("GET");
    }

    Answer answerTo(String method) throws IOException {
        Head head = head();
        String body = "";
        List<String> trailers = List.of();
        boolean none = method.equals("HEAD") || head.status() == 204 || head.status() == 304 || head.status() < 200;
        if (!none && head.field("Transfer-Encoding").equalsIgnoreCase("chunked")) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            for (int size = chunkSize(); size > 0; size = chunkSize()) {
                bytes.write(exactly(size));
                line();
            }
            trailers = fields();
            body = bytes.toString(StandardCharsets.ISO_8859_1);
        } else if (!none && !head.field("Content-Length").isEmpty()) {
            body = new String(exactly(Integer.parseInt(head.field("Content-Length"))), StandardCharsets.ISO_8859_1);
        } else if (!none) {
            body = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
        return new Answer(head, body, trailers);
    }

    Head head() throws IOException {
        String status = line();
        return new Head(Integer.parseInt(status.substring(9, 12)), fields());
    }

    int chunkSize() throws IOException {
        return Integer.parseInt(line(), 16);
    }

    byte[] exactly(int size) throws IOException {
        byte[] bytes = in.readNBytes(size);
        if (bytes.length < size) {
            throw new EOFException("the body broke off after " + bytes.length + " of " + size + " bytes");
        }
        return bytes;
    }

    List<String> fields() throws IOException {
        List<String> fields = new ArrayList<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            fields.add(line);
        }
        return fields;
    }

    String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the connection ended in: " + line);
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    record Head(int status, List<String> fields) {

        String field(String name) {
            return all(name).stream().findFirst().orElse("");
        }

        List<String> all(String name) {
            return fields.stream()
                    .filter(field -> field.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                    .map(field -> field.substring(name.length() + 1).strip())
                    .toList();
        }
    }

    record Answer(Head head, String body, List<String> trailers) {

        int status() {
            return head.status();
        }

        String cause() {
            return head.field("x-signalbox-cause");
        }
    }
}
