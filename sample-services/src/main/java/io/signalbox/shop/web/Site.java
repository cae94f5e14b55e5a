package io.signalbox.shop.web;

import java.util.Optional;

/**
 * All that one instance serves over HTTP.
 *
 * @param live where it takes WebSocket connections, if it does
 */
public record Site(Application application, Optional<WebSocketPath> live) {

    public static Site of(Application application) {
        return new Site(application, Optional.empty());
    }

    /** The same place with something else answering there. */
    public Site with(Application other) {
        return new Site(other, live);
    }
}
