package io.signalbox.mesh.proxy.http2.hpack;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Field lists as a connection may see them: usual names and odd ones, values that repeat and values that do not. */
final class RandomLists {

    private static final String[] NAMES = {
        "accept",
        "accept-encoding",
        "authorization",
        "cache-control",
        "content-length",
        "content-type",
        "cookie",
        "date",
        "etag",
        "set-cookie",
        "te",
        "traceparent",
        "user-agent",
        "vary",
        "x-b3-traceid",
        "x-request-id",
        "x-tenant",
        "x-till"
    };

    private static final String[] VALUES = {
        "", "*/*", "gzip, deflate", "no-cache", "application/json", "200", "trailers", "a=b", "Mesh/1.0 (desktop; x86)"
    };

    private static final String VISIBLE =
            "abcdefghijklmnopqrstuvwxyz0123456789-/=._ABCDEFGHIJKLMNOPQRSTUVWXYZ:;,%&?+*!#$<>()[]{}|~^@\"'\\`";

    private final RandomGenerator random;

    RandomLists(RandomGenerator random) {
        this.random = random;
    }

    List<Line> next() {
        List<Line> lines = new ArrayList<>();
        int count = random.nextInt(14);
        for (int i = 0; i < count; i++) {
            lines.add(new Line(name(), value()));
        }
        return lines;
    }

    String path() {
        return random.nextInt(3) == 0 ? "/items/" + random.nextInt(5) : "/items?q=" + random.nextInt(100_000);
    }

    private String name() {
        return random.nextInt(8) == 0 ? "x-" + text(1 + random.nextInt(60), 26) : pick(NAMES);
    }

    private String value() {
        return switch (random.nextInt(8)) {
            case 0, 1, 2, 3 -> pick(VALUES);
            case 4 -> "value " + random.nextInt(20);
            case 5 -> text(random.nextInt(40), VISIBLE.length());
            case 6 -> text(random.nextInt(300), 40);
            default -> random.nextInt(40) == 0 ? text(random.nextInt(6000), 60) : text(16, 36);
        };
    }

    private String text(int length, int letters) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(VISIBLE.charAt(random.nextInt(letters)));
        }
        return text.toString();
    }

    private String pick(String[] of) {
        return of[random.nextInt(of.length)];
    }
}
