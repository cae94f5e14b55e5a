package io.signalbox.mesh.proxy.message;

import java.util.Locale;
import java.util.Set;

/** Which fields may come after a body. */
public final class Trailers {

    /** What frames, routes, authenticates or describes a message has to come before it (RFC 9110, 6.5.1). */
    private static final Set<String> NEVER = Set.of(
            "age",
            "authorization",
            "cache-control",
            "connection",
            "content-encoding",
            "content-length",
            "content-range",
            "content-type",
            "cookie",
            "date",
            "expect",
            "expires",
            "host",
            "keep-alive",
            "location",
            "max-forwards",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "range",
            "retry-after",
            "set-cookie",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "vary",
            "www-authenticate");

    private Trailers() {}

    public static Fields allowed(Fields read) {
        Fields kept = new Fields();
        read.forEach((name, value) -> {
            String plain = name.toLowerCase(Locale.ROOT);
            if (!NEVER.contains(plain) && !IdentityFields.isOne(name)) {
                kept.add(name, value);
            }
        });
        return kept;
    }
}
