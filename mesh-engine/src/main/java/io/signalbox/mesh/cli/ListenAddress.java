package io.signalbox.mesh.cli;

import io.signalbox.mesh.model.InvalidValueException;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a control plane listens: on loopback, as off it the bearer token would travel for all to read. */
record ListenAddress(int port) {

    private static final Pattern FORM = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[^:\\[\\]]+):(\\d{1,5})");
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost");

    /** @param text {@code HOST:PORT} */
    static ListenAddress parse(String text) {
        Matcher matcher = FORM.matcher(text);
        InvalidValueException.unless(
                matcher.matches() && Integer.parseInt(matcher.group(2)) <= 65535,
                "listen",
                text,
                "HOST:PORT, such as 127.0.0.1:9090");
        InvalidValueException.unless(
                LOOPBACK.contains(matcher.group(1)),
                "listen",
                text,
                "127.0.0.1:PORT or localhost:PORT; elsewhere a control plane needs TLS, which this version does not"
                        + " serve yet");
        return new ListenAddress(Integer.parseInt(matcher.group(2)));
    }
}
