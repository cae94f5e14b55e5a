package io.signalbox.mesh.proxy.http2;

import io.signalbox.mesh.proxy.http2.hpack.HpackEncoder;
import io.signalbox.mesh.proxy.http2.hpack.HpackOutput;
import io.signalbox.mesh.proxy.message.Fields;
import io.signalbox.mesh.proxy.relay.BodyLength;
import org.jspecify.annotations.Nullable;

/** Writes fields into a block, but for those that frame a message or belong to a connection of HTTP/1.1. */
final class MessageFields {

    private MessageFields() {}

    static void write(HpackEncoder encoder, HpackOutput output, Fields fields) {
        for (int i = 0; i < fields.count(); i++) {
            String name = fields.name(i);
            if (!isLeftOut(name)) {
                encoder.field(output, name, fields.value(i));
            }
        }
    }

    static void writeLength(HpackEncoder encoder, HpackOutput output, BodyLength length, @Nullable String said) {
        if (said != null && !said.equals("0")) {
            encoder.field(output, "content-length", said);
        } else if (length instanceof BodyLength.Sized(long bytes)) {
            encoder.field(output, "content-length", Long.toString(bytes));
        }
    }

    private static boolean isLeftOut(String name) {
        return switch (name.length()) {
            case 4 -> name.equalsIgnoreCase("host");
            case 7 -> name.equalsIgnoreCase("upgrade");
            case 10 -> name.equalsIgnoreCase("connection") || name.equalsIgnoreCase("keep-alive");
            case 14 -> name.equalsIgnoreCase("content-length");
            case 16 -> name.equalsIgnoreCase("proxy-connection");
            case 17 -> name.equalsIgnoreCase("transfer-encoding");
            default -> false;
        };
    }
}
