package io.signalbox.mesh.proxy.http1;

import io.signalbox.mesh.proxy.io.Outbox;
import io.signalbox.mesh.proxy.message.Fields;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Writes heads and framed bodies to a out. What frames a message is written here alone, whatever the fields say. */
final class MessageWriter {

    private static final byte[] END_OF_LINE = {'\r', '\n'};
    private static final byte[] LAST_CHUNK = ascii("0\r\n\r\n");
    private static final byte[] CHUNKED = ascii("Transfer-Encoding: chunked\r\n");
    private static final byte[] CLOSE = ascii("Connection: close\r\n");
    private static final byte[] KEEP_ALIVE = ascii("Connection: keep-alive\r\n");
    private static final byte[] NAMES_TE = ascii("Connection: TE\r\n");
    private static final byte[] NAMES_UPGRADE = ascii("Connection: Upgrade\r\n");
    private static final byte[] NAMES_TE_AND_UPGRADE = ascii("Connection: TE, Upgrade\r\n");
    private static final byte[] OK = ascii("HTTP/1.1 200 OK\r\n");
    private static final byte[] REQUEST_VERSION = ascii(" HTTP/1.1\r\n");
    private static final byte[] HEX = ascii("0123456789abcdef");

    private MessageWriter() {}

    /** What an answer says of its connection. */
    enum Persistence {
        /** Kept, which HTTP/1.1 takes for granted. */
        KEPT,
        /** Kept, which HTTP/1.0 has to be told. */
        KEPT_AND_SAID,
        CLOSED
    }

    static void request(Outbox out, String method, String target, Fields fields, Framing framing) {
        ascii(out, method);
        ascii(out, " ");
        ascii(out, target);
        bytes(out, REQUEST_VERSION);
        fields(out, fields);
        if (framing instanceof Framing.None && fields.has("Content-Length")) {
            field(out, "Content-Length", "0");
        }
        framing(out, framing);
        boolean upgrade = fields.has("Upgrade");
        if (fields.has("TE")) {
            bytes(out, upgrade ? NAMES_TE_AND_UPGRADE : NAMES_TE);
        } else if (upgrade) {
            bytes(out, NAMES_UPGRADE);
        }
        bytes(out, END_OF_LINE);
    }

    /** @param length what {@code Content-Length} says of a body that is not sent; {@code null} for the framing's own */
    static void answer(
            Outbox out,
            int status,
            String reason,
            Fields fields,
            Framing framing,
            @Nullable String length,
            Persistence persistence) {
        statusLine(out, status, reason);
        fields(out, fields);
        if (length != null) {
            field(out, "Content-Length", length);
        }
        framing(out, framing);
        switch (persistence) {
            case KEPT -> {}
            case KEPT_AND_SAID -> bytes(out, KEEP_ALIVE);
            case CLOSED -> bytes(out, CLOSE);
        }
        bytes(out, END_OF_LINE);
    }

    static void interim(Outbox out, int status, String reason, Fields fields) {
        statusLine(out, status, reason);
        fields(out, fields);
        bytes(out, END_OF_LINE);
    }

    /** @param protocol the one that the connection is switched to; {@code null} says nothing of it */
    static void switching(Outbox out, int status, String reason, Fields fields, @Nullable String protocol) {
        statusLine(out, status, reason);
        fields(out, fields);
        if (protocol != null) {
            field(out, "Upgrade", protocol);
            bytes(out, NAMES_UPGRADE);
        }
        bytes(out, END_OF_LINE);
    }

    /** Part of a body. */
    static void body(Outbox out, Framing framing, byte[] bytes, int offset, int length) {
        if (length == 0) {
            return;
        }
        if (framing instanceof Framing.Chunked) {
            chunkSize(out, length);
            out.put(bytes, offset, length);
            bytes(out, END_OF_LINE);
        } else {
            out.put(bytes, offset, length);
        }
    }

    /** What comes after the last part of a body. */
    static void end(Outbox out, Framing framing, @Nullable Fields trailers) {
        if (!(framing instanceof Framing.Chunked)) {
            return;
        }
        if (trailers == null || trailers.count() == 0) {
            bytes(out, LAST_CHUNK);
            return;
        }
        out.put(LAST_CHUNK, 0, 3);
        for (int i = 0; i < trailers.count(); i++) {
            field(out, trailers.name(i), trailers.value(i));
        }
        bytes(out, END_OF_LINE);
    }

    private static void statusLine(Outbox out, int status, String reason) {
        if (status == 200 && reason.equals("OK")) {
            bytes(out, OK);
            return;
        }
        ascii(out, "HTTP/1.1 ");
        ascii(out, Integer.toString(status));
        ascii(out, " ");
        ascii(out, reason);
        bytes(out, END_OF_LINE);
    }

    private static void fields(Outbox out, Fields fields) {
        for (int i = 0; i < fields.count(); i++) {
            String name = fields.name(i);
            if (!framesOrBelongsToTheConnection(name)) {
                field(out, name, fields.value(i));
            }
        }
    }

    private static boolean framesOrBelongsToTheConnection(String name) {
        return switch (name.length()) {
            case 10 -> name.equalsIgnoreCase("Connection") || name.equalsIgnoreCase("Keep-Alive");
            case 14 -> name.equalsIgnoreCase("Content-Length");
            case 16 -> name.equalsIgnoreCase("Proxy-Connection");
            case 17 -> name.equalsIgnoreCase("Transfer-Encoding");
            default -> false;
        };
    }

    private static void framing(Outbox out, Framing framing) {
        switch (framing) {
            case Framing.None _, Framing.UntilClose _ -> {}
            case Framing.Sized(long length) -> field(out, "Content-Length", Long.toString(length));
            case Framing.Chunked _ -> bytes(out, CHUNKED);
        }
    }

    private static void field(Outbox out, String name, String value) {
        int length = name.length() + value.length() + 4;
        byte[] array = out.room(length);
        int at = out.mark();
        at = copy(name, array, at);
        array[at++] = ':';
        array[at++] = ' ';
        at = copy(value, array, at);
        array[at++] = '\r';
        array[at] = '\n';
        out.advance(length);
    }

    private static void chunkSize(Outbox out, int length) {
        int digits = (35 - Integer.numberOfLeadingZeros(length)) / 4;
        byte[] array = out.room(digits + 2);
        int at = out.mark();
        for (int i = digits - 1; i >= 0; i--) {
            array[at++] = HEX[(length >>> (4 * i)) & 15];
        }
        array[at++] = '\r';
        array[at] = '\n';
        out.advance(digits + 2);
    }

    private static void ascii(Outbox out, String text) {
        byte[] array = out.room(text.length());
        copy(text, array, out.mark());
        out.advance(text.length());
    }

    /** Each character is one octet: all text came from octets, or is ASCII. */
    @SuppressWarnings("deprecation") // the method that does just this, and as one copy
    private static int copy(String text, byte[] array, int at) {
        text.getBytes(0, text.length(), array, at);
        return at + text.length();
    }

    private static void bytes(Outbox out, byte[] bytes) {
        out.put(bytes, 0, bytes.length);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
