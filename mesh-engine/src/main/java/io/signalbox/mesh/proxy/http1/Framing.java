package io.signalbox.mesh.proxy.http1;

import io.signalbox.mesh.proxy.message.BadMessage;
import io.signalbox.mesh.proxy.message.Fields;
import io.signalbox.mesh.proxy.relay.BodyLength;
import java.util.List;
import java.util.Locale;

/** How a message says where its body ends (RFC 9112, 6). */
sealed interface Framing {

    None NONE = new None();
    Chunked CHUNKED = new Chunked();
    UntilClose UNTIL_CLOSE = new UntilClose();

    /** There is no body. */
    record None() implements Framing {}

    /** So many bytes, at least one. */
    record Sized(long length) implements Framing {}

    record Chunked() implements Framing {}

    /** The body ends with the connection; answers alone. */
    record UntilClose() implements Framing {}

    /** What it says of the body's length beforehand. */
    static BodyLength bodyLength(Framing framing) {
        return switch (framing) {
            case None _ -> BodyLength.NONE;
            case Sized(long bytes) -> BodyLength.of(bytes);
            case Chunked _, UntilClose _ -> BodyLength.UNKNOWN;
        };
    }

    /** How to send a body of that length to a peer that knows chunks. */
    static Framing of(BodyLength length) {
        return switch (length) {
            case BodyLength.None _ -> NONE;
            case BodyLength.Sized(long bytes) -> new Sized(bytes);
            case BodyLength.Unknown _ -> CHUNKED;
        };
    }

    /** That of a request. */
    static Framing ofRequest(Fields fields, boolean http11) throws BadMessage {
        boolean coded = fields.has("Transfer-Encoding");
        boolean sized = fields.has("Content-Length");
        if (coded) {
            if (!http11) {
                throw BadMessage.invalid("a transfer coding on HTTP/1.0");
            }
            if (sized) {
                throw BadMessage.invalid("a transfer coding beside a length");
            }
            requireChunked(fields);
            return CHUNKED;
        }
        if (!sized) {
            return NONE;
        }
        long length = length(fields);
        return length == 0 ? NONE : new Sized(length);
    }

    /** That of a final answer, save that of HEAD and CONNECT. */
    static Framing ofAnswer(Fields fields, int status, boolean http11) throws BadMessage {
        if (status < 200 || status == 204 || status == 304) {
            return NONE;
        }
        if (fields.has("Transfer-Encoding")) {
            if (!http11 || fields.has("Content-Length")) {
                throw BadMessage.invalid("a transfer coding on HTTP/1.0 or beside a length");
            }
            requireChunked(fields);
            return CHUNKED;
        }
        if (!fields.has("Content-Length")) {
            return UNTIL_CLOSE;
        }
        long length = length(fields);
        return length == 0 ? NONE : new Sized(length);
    }

    private static void requireChunked(Fields fields) throws BadMessage {
        List<String> codings = fields.all("Transfer-Encoding");
        if (codings.size() == 1 && codings.getFirst().equalsIgnoreCase("chunked")) {
            return;
        }
        boolean known = codings.stream().allMatch(coding -> coding.equalsIgnoreCase("chunked"));
        boolean lastIsChunked = codings.getLast().toLowerCase(Locale.ROOT).endsWith("chunked");
        throw known || !lastIsChunked
                ? BadMessage.invalid("a transfer coding that does not end in one chunked")
                : new BadMessage(501, "a transfer coding other than chunked");
    }

    private static long length(Fields fields) throws BadMessage {
        int index = fields.indexOf("Content-Length", 0);
        String text = fields.value(index);
        if (fields.indexOf("Content-Length", index + 1) > 0 || text.isEmpty() || text.length() > 18) {
            throw BadMessage.invalid("not exactly one Content-Length of at most 18 digits");
        }
        long length = 0;
        for (int i = 0; i < text.length(); i++) {
            char digit = text.charAt(i);
            if (digit < '0' || digit > '9') {
                throw BadMessage.invalid("a Content-Length that is not digits alone");
            }
            length = 10 * length + digit - '0';
        }
        return length;
    }
}
