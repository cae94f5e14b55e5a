package io.signalbox.mesh.proxy.filter;

import io.signalbox.mesh.proxy.transport.MessageHeaders;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A caller's wish to speak another protocol on its connection, such as WebSocket (RFC 9110, 7.8).
 *
 * <p>It is passed on for any protocol but HTTP/2, which would carry requests past the proxy unseen.
 */
public final class Upgrade {

    private static final String NAME = "Upgrade";

    private Upgrade() {}

    /** What is asked for, or {@code null}; to be looked up before {@link HopByHop#strip}. */
    public static @Nullable String asked(MessageHeaders headers) {
        String protocols = headers.first(NAME);
        if (protocols == null || protocols.toLowerCase(Locale.ROOT).contains("h2c")) {
            return null;
        }
        for (String list : headers.all("Connection")) {
            for (String option : list.split(",", -1)) {
                if (option.strip().equalsIgnoreCase(NAME)) {
                    return protocols;
                }
            }
        }
        return null;
    }

    /** Passes the wish on. */
    public static void pass(MessageHeaders headers, @Nullable String protocols) {
        if (protocols != null) {
            headers.set(NAME, protocols);
        }
    }
}
