package io.signalbox.shop.line;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.function.Function;

/** Opens TCP connections to other services by name; what is dialled is a local port of the own sidecar. */
@FunctionalInterface
public interface Dialler {

    Duration PATIENCE = Duration.ofSeconds(2);

    /** A new connection to that service, which the caller closes. */
    Socket dial(String service) throws IOException;

    /** Dials the loopback address that each service has here. */
    static Dialler by(Function<String, InetSocketAddress> addresses) {
        return service -> {
            Socket socket = new Socket();
            try {
                socket.setTcpNoDelay(true);
                socket.connect(addresses.apply(service), (int) PATIENCE.toMillis());
                return socket;
            } catch (IOException | RuntimeException e) {
                socket.close();
                throw e;
            }
        };
    }
}
