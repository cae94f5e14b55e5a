package io.signalbox.mesh.proxy.filter;

import io.signalbox.mesh.proxy.transport.MessageHeaders;
import java.util.Locale;
import java.util.Set;

/** Header fields that belong to one connection and must not travel on (RFC 9110, 7.6.1). */
public final class HopByHop {

    /** What {@code Connection} may name without having it removed: leaving them out would change the message. */
    private static final Set<String> NEVER_NAMED = Set.of("host", "content-length", "content-type", "trailer");

    private HopByHop() {}

    public static void strip(MessageHeaders headers) {
        boolean trailers = acceptsTrailers(headers);
        removeNamed(headers);
        headers.removeIf(HopByHop::isHopByHop);
        if (trailers) {
            headers.set("TE", "trailers");
        }
    }

    private static void removeNamed(MessageHeaders headers) {
        for (String list : headers.all("Connection")) {
            if (list.equalsIgnoreCase("keep-alive")) {
                continue; // what it names never travels on
            }
            for (String name : list.split(",", -1)) {
                String option = name.strip().toLowerCase(Locale.ROOT);
                if (!option.isEmpty() && !NEVER_NAMED.contains(option)) {
                    headers.remove(option);
                }
            }
        }
    }

    private static boolean isHopByHop(String name) {
        return switch (name.length()) {
            case 2 -> name.equalsIgnoreCase("TE");
            case 7 -> name.equalsIgnoreCase("Upgrade");
            case 10 -> name.equalsIgnoreCase("Connection") || name.equalsIgnoreCase("Keep-Alive");
            case 16 -> name.equalsIgnoreCase("Proxy-Connection");
            case 17 -> name.equalsIgnoreCase("Transfer-Encoding");
            case 18 -> name.equalsIgnoreCase("Proxy-Authenticate");
            case 19 -> name.equalsIgnoreCase("Proxy-Authorization");
            case 25 -> name.equalsIgnoreCase("Proxy-Authentication-Info");
            default -> false;
        };
    }

    /** The expectation is met here, by asking the caller for its body when an attempt wants it. */
    public static void stripExpectation(MessageHeaders headers) {
        headers.remove("Expect");
    }

    private static boolean acceptsTrailers(MessageHeaders headers) {
        for (String value : headers.all("TE")) {
            for (String coding : value.split(",", -1)) {
                if (coding.strip().equalsIgnoreCase("trailers")) {
                    return true;
                }
            }
        }
        return false;
    }
}
