package io.signalbox.mesh.proxy.filter;

import io.signalbox.mesh.proxy.transport.MessageHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Header fields that belong to one connection and must not travel on (RFC 9110, 7.6.1). */
public final class HopByHop {

    private static final Set<String> FIELDS = Set.of(
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authentication-info",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "transfer-encoding",
            "upgrade");

    /** What {@code Connection} may name without having it removed: leaving them out would change the message. */
    private static final Set<String> NEVER_NAMED = Set.of("host", "content-length", "content-type", "trailer");

    private HopByHop() {}

    public static void strip(MessageHeaders headers) {
        boolean trailers = headers.all("TE").stream().anyMatch(HopByHop::acceptsTrailers);
        List<String> leaving = new ArrayList<>(4);
        for (String list : headers.all("Connection")) {
            for (String name : list.split(",", -1)) {
                String option = name.strip().toLowerCase(Locale.ROOT);
                if (!option.isEmpty() && !NEVER_NAMED.contains(option)) {
                    leaving.add(option);
                }
            }
        }
        headers.forEach((name, value) -> {
            if (FIELDS.contains(name.toLowerCase(Locale.ROOT))) {
                leaving.add(name);
            }
        });
        leaving.forEach(headers::remove);
        if (trailers) {
            headers.set("TE", "trailers");
        }
    }

    /** The expectation is met here, by asking the caller for its body when an attempt wants it. */
    public static void stripExpectation(MessageHeaders headers) {
        headers.remove("Expect");
    }

    private static boolean acceptsTrailers(String value) {
        for (String coding : value.split(",", -1)) {
            if (coding.strip().equalsIgnoreCase("trailers")) {
                return true;
            }
        }
        return false;
    }
}
