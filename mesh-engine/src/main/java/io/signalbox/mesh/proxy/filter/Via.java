package io.signalbox.mesh.proxy.filter;

import io.signalbox.mesh.proxy.transport.HttpVersion;
import io.signalbox.mesh.proxy.transport.MessageHeaders;

/** Who passed a message on, and in which version it had been received (RFC 9110, 7.6.3). */
public final class Via {

    private static final String NAME = "Via";

    private Via() {}

    /** Names this proxy after those that the message passed before. */
    public static void pass(HttpVersion received, MessageHeaders headers) {
        headers.add(
                NAME,
                switch (received) {
                    case HTTP_1_0 -> "1.0 signalbox";
                    case HTTP_1_1 -> "1.1 signalbox";
                    case HTTP_2 -> "2 signalbox";
                });
    }
}
