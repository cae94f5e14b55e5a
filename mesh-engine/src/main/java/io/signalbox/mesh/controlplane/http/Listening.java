package io.signalbox.mesh.controlplane.http;

import io.signalbox.mesh.model.InvalidValueException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * Where a control plane listens, and by which names it may be called.
 *
 * @param host an address or a name of this machine; IPv6 without brackets
 * @param port 0 for any free one
 * @param names the only hosts that a request may name, beside those of loopback; the first one is told to others
 * @param tls without it nothing but loopback may be listened to
 */
public record Listening(String host, int port, List<String> names, Optional<SSLContext> tls) {

    private static final List<String> LOOPBACK = List.of("127.0.0.1", "localhost", "::1");

    public Listening {
        names = List.copyOf(names);
        InvalidValueException.unless(port >= 0 && port <= 65535, "port", port, "0..65535");
        InvalidValueException.unless(
                tls.isPresent() || LOOPBACK.contains(host), "listen", host, "127.0.0.1 or localhost, without TLS");
    }

    /** On loopback, in plain text. */
    public static Listening onLoopback(int port) {
        return new Listening(LOOPBACK.getFirst(), port, List.of(), Optional.empty());
    }

    /** Whether it is this machine alone that can call there. */
    public static boolean isLoopback(String host) {
        return LOOPBACK.contains(host);
    }

    URI uri(int opened) {
        return URI.create(scheme() + "://" + bracketed(names.isEmpty() ? host : names.getFirst()) + ":" + opened);
    }

    String scheme() {
        return tls.isPresent() ? "https" : "http";
    }

    /** What a {@code Host} field may say; the port may be left out where it is the scheme's own. */
    List<String> hosts(int opened) {
        List<String> hosts = new ArrayList<>();
        List<String> all = new ArrayList<>(LOOPBACK);
        all.addAll(names);
        for (String name : all) {
            hosts.add(bracketed(name) + ":" + opened);
            if (opened == (tls.isPresent() ? 443 : 80)) {
                hosts.add(bracketed(name));
            }
        }
        return hosts;
    }

    private static String bracketed(String host) {
        return host.contains(":") ? "[" + host + "]" : host;
    }
}
