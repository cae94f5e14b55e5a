package io.signalbox.mesh.proxy.http1;

import io.signalbox.mesh.proxy.message.Fields;

/**
 * The head of an answer as it was read.
 *
 * @param persistent whether the connection may be used again after it
 */
record AnswerMessage(int status, String reason, boolean http11, Fields fields, boolean persistent) {

    boolean isInterim() {
        return status < 200;
    }
}
