package io.signalbox.mesh.proxy.http1;

import io.signalbox.mesh.proxy.message.BadMessage;
import io.signalbox.mesh.proxy.message.Fields;
import io.signalbox.mesh.proxy.message.Octets;

/** Reads the head of an answer, whole and strictly. */
final class AnswerReader {

    private final FieldLines lines;

    AnswerReader(FieldLines lines) {
        this.lines = lines;
    }

    /** @param length of the head with the empty line that ends it */
    Http1Answer read(byte[] bytes, int from, int length) throws BadMessage {
        boolean shaped = length >= 14
                && bytes[from] == 'H'
                && bytes[from + 1] == 'T'
                && bytes[from + 2] == 'T'
                && bytes[from + 3] == 'P'
                && bytes[from + 4] == '/'
                && bytes[from + 5] == '1'
                && bytes[from + 6] == '.'
                && Octets.isDigit(bytes[from + 7])
                && bytes[from + 8] == ' '
                && bytes[from + 9] >= '1'
                && bytes[from + 9] <= '9'
                && Octets.isDigit(bytes[from + 10])
                && Octets.isDigit(bytes[from + 11])
                && (bytes[from + 12] == ' ' || bytes[from + 12] == '\r');
        if (!shaped) {
            throw BadMessage.invalid("an answer without a valid status line");
        }
        int status = 100 * (bytes[from + 9] - '0') + 10 * (bytes[from + 10] - '0') + bytes[from + 11] - '0';
        int at = from + 12;
        while (Octets.isText(bytes[at])) {
            at++;
        }
        if (bytes[at] != '\r') {
            throw BadMessage.invalid("a control character in the status line");
        }
        String reason = at - from <= 13 ? "" : reason(status, bytes, from + 13, at);
        Fields fields = new Fields();
        lines.read(bytes, at + 2, from + length, fields);
        boolean http11 = bytes[from + 7] != '0';
        return new Http1Answer(status, reason, http11, fields, ConnectionOptions.persistent(fields, http11));
    }

    private static String reason(int status, byte[] bytes, int from, int to) {
        if (status == 200 && to - from == 2 && bytes[from] == 'O' && bytes[from + 1] == 'K') {
            return "OK";
        }
        return Octets.string(bytes, from, to);
    }
}
