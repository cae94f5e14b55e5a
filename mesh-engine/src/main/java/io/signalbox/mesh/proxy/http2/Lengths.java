package io.signalbox.mesh.proxy.http2;

import io.signalbox.mesh.proxy.message.Fields;
import io.signalbox.mesh.proxy.relay.BodyLength;

/** What {@code content-length} says of a body, which its frames must then keep to (RFC 9113, 8.1.1). */
final class Lengths {

    private static final int MOST_DIGITS = 18;

    private Lengths() {}

    /** @param last whether no body follows */
    static BodyLength read(int stream, Fields fields, boolean last) throws Http2Exception {
        int at = fields.indexOf("content-length", 0);
        if (at < 0) {
            return last ? BodyLength.NONE : BodyLength.UNKNOWN;
        }
        long bytes = number(fields.value(at));
        if (bytes < 0 || fields.indexOf("content-length", at + 1) >= 0) {
            throw Requests.malformed(stream, "not exactly one content-length of at most 18 digits");
        }
        if (last) {
            if (bytes > 0) {
                throw Requests.malformed(stream, "a content-length without a body");
            }
            return BodyLength.NONE;
        }
        // A length of zero with the end of the stream still to come is no body yet, but its end has to be read.
        return bytes == 0 ? BodyLength.UNKNOWN : new BodyLength.Sized(bytes);
    }

    private static long number(String text) {
        if (text.isEmpty() || text.length() > MOST_DIGITS) {
            return -1;
        }
        long value = 0;
        for (int i = 0; i < text.length(); i++) {
            char digit = text.charAt(i);
            if (digit < '0' || digit > '9') {
                return -1;
            }
            value = 10 * value + digit - '0';
        }
        return value;
    }

    /** The number of bytes that {@code content-length} promises, or -1 where it promises nothing. */
    static long promised(Fields fields) {
        int at = fields.indexOf("content-length", 0);
        return at < 0 ? -1 : number(fields.value(at));
    }
}
