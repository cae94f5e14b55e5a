package io.signalbox.mesh.proxy.http1;

import io.signalbox.mesh.model.Cause;
import io.signalbox.mesh.proxy.io.Wire;
import io.signalbox.mesh.proxy.message.Fields;
import io.signalbox.mesh.proxy.message.StatusText;
import java.nio.charset.StandardCharsets;

/** Answers what could not be read, and so never reached the proxy; says nothing about the inside. */
final class Refusal {

    private Refusal() {}

    static void write(Wire wire, int status) {
        String body =
                "{\"type\":\"about:blank\",\"title\":\"" + StatusText.of(status) + "\",\"status\":" + status + "}";
        byte[] bytes = body.getBytes(StandardCharsets.US_ASCII);
        Fields fields = new Fields();
        fields.add("Content-Type", "application/problem+json");
        fields.add("x-signalbox-cause", Cause.BAD_REQUEST.wireName());
        Framing framing = new Framing.Sized(bytes.length);
        MessageWriter.answer(
                wire.output(), status, StatusText.of(status), fields, framing, null, MessageWriter.Persistence.CLOSED);
        MessageWriter.body(wire.output(), framing, bytes, 0, bytes.length);
    }
}
