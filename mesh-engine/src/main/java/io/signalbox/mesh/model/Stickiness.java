package io.signalbox.mesh.model;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** What makes a caller the same from request to request, so that draws give it the same version each time. */
public sealed interface Stickiness {

    /** The token of RFC 9110, 5.6.2. */
    Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,256}");

    /** The value of this header field. Requests without it are drawn at random. */
    record ByHeader(String name) implements Stickiness {

        public ByHeader {
            InvalidValueException.unless(
                    TOKEN.matcher(name).matches(), "stickiness.header", name, "the name of a header field");
        }
    }

    /**
     * The value of this cookie. A caller without it is drawn at random and given one.
     *
     * @param path where the cookie that is given holds (default {@code /})
     * @param ttl how long it holds, in whole seconds; without it, until the browser is closed
     */
    record ByCookie(String name, String path, Optional<Duration> ttl) implements Stickiness {

        public static final String DEFAULT_PATH = "/";

        private static final Pattern PATH = Pattern.compile("/[!-:<-~]{0,255}");

        public ByCookie {
            InvalidValueException.unless(
                    TOKEN.matcher(name).matches(), "stickiness.cookie", name, "the name of a cookie");
            InvalidValueException.unless(
                    PATH.matcher(path).matches(), "stickiness.path", path, "a path that begins with / and has no ;");
            ttl.ifPresent(time -> InvalidValueException.unless(
                    time.toSeconds() >= 1 && time.toNanosPart() == 0,
                    "stickiness.ttl",
                    time,
                    "whole seconds, at least one"));
        }
    }
}
