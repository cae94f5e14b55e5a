package io.signalbox.mesh.proxy.relay;

import io.signalbox.mesh.proxy.message.Fields;
import io.signalbox.mesh.proxy.transport.HttpVersion;

/**
 * The head of an answer as it was read.
 *
 * @param reason the words beside the status; empty where the protocol has none
 * @param length of the body that follows; of an interim answer none does
 */
public record AnswerMessage(HttpVersion version, int status, String reason, Fields fields, BodyLength length) {

    boolean isInterim() {
        return status < 200;
    }
}
