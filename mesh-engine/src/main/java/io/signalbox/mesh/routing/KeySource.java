package io.signalbox.mesh.routing;

import io.signalbox.mesh.hash.StableHash;
import io.signalbox.mesh.model.RequestHead;
import io.signalbox.mesh.model.Stickiness;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Where a stable key is read: a header or a cookie.
 *
 * @param id the same for the same header or cookie in every service, so that what one hop read serves the next
 */
record KeySource(int id, Stickiness stickiness) {

    static KeySource of(Stickiness stickiness) {
        String name = switch (stickiness) {
            case Stickiness.ByHeader(String header) -> "header:" + header.toLowerCase(Locale.ROOT);
            case Stickiness.ByCookie cookie -> "cookie:" + cookie.name();
        };
        return new KeySource((int) (StableHash.of(0, name) >>> 32), stickiness);
    }

    static long hash(String value) {
        return StableHash.of(0, value);
    }

    /** The request's own value, or {@code null}. */
    @Nullable
    String value(RequestHead head) {
        String value = switch (stickiness) {
            case Stickiness.ByHeader(String header) -> head.headers().first(header);
            case Stickiness.ByCookie cookie -> cookie(head.headers().all("Cookie"), cookie.name());
        };
        return value == null || value.isBlank() ? null : value;
    }

    /** A key for a caller that has none; {@code null} where it cannot be given one. */
    @Nullable
    NewKey draw(RandomGenerator random) {
        return switch (stickiness) {
            case Stickiness.ByHeader _ -> null;
            case Stickiness.ByCookie cookie -> {
                String value = HexFormat.of().toHexDigits(random.nextLong());
                String expiry =
                        cookie.ttl().map(ttl -> "; Max-Age=" + ttl.toSeconds()).orElse("");
                yield new NewKey(
                        id,
                        hash(value),
                        cookie.name() + "=" + value + "; Path=" + cookie.path() + expiry + "; HttpOnly");
            }
        };
    }

    /** The first cookie of that name (RFC 6265, 5.4). */
    private static @Nullable String cookie(List<String> fields, String name) {
        for (String field : fields) {
            int start = 0;
            while (start < field.length()) {
                int next = field.indexOf(';', start);
                int end = next < 0 ? field.length() : next;
                while (start < end && field.charAt(start) == ' ') {
                    start++;
                }
                if (field.startsWith(name, start)
                        && start + name.length() < end
                        && field.charAt(start + name.length()) == '=') {
                    return field.substring(start + name.length() + 1, end).strip();
                }
                start = end + 1;
            }
        }
        return null;
    }
}
