package io.signalbox.mesh.config;

import io.signalbox.mesh.model.Stickiness;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Reads the field {@code stickiness} of a policy. */
final class StickinessReader {

    private static final String ONE = "one of header, cookie";

    private StickinessReader() {}

    static Stickiness stickiness(Section section) {
        section.allowing(Set.of("header", "cookie", "path", "ttl"));
        if (section.has("header")) {
            for (String other : new String[] {"cookie", "path", "ttl"}) {
                if (section.has(other)) {
                    throw section.refused(other, "beside header", other.equals("cookie") ? ONE : "cookie beside it");
                }
            }
            String header = section.requiredText("header");
            return section.build(() -> new Stickiness.ByHeader(header));
        }
        if (!section.has("cookie")) {
            throw section.refused("header", "missing", ONE);
        }
        String cookie = section.requiredText("cookie");
        String path = section.text("path").orElse(Stickiness.ByCookie.DEFAULT_PATH);
        Optional<Duration> ttl = section.duration("ttl");
        return section.build(() -> new Stickiness.ByCookie(cookie, path, ttl));
    }
}
