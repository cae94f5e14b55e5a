package io.signalbox.mesh.proxy.http1;

import io.signalbox.mesh.proxy.message.Fields;
import io.signalbox.mesh.proxy.relay.AnswerMessage;
import io.signalbox.mesh.proxy.transport.HttpVersion;

/**
 * The head of an answer as it was read.
 *
 * @param persistent whether the connection may be used again after it
 */
record Http1Answer(int status, String reason, boolean http11, Fields fields, boolean persistent) {

    AnswerMessage message(Framing framing) {
        return new AnswerMessage(HttpVersion.ofHttp1(http11), status, reason, fields, Framing.bodyLength(framing));
    }
}
