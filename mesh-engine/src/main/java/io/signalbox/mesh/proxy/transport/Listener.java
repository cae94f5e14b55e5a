package io.signalbox.mesh.proxy.transport;

import java.time.Duration;

/** One listening port. */
public interface Listener {

    int port();

    /** Stops accepting, waits so long for the requests and streams at hand, then closes every connection. */
    void close(Duration drain);
}
