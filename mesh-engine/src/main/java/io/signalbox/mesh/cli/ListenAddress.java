package io.signalbox.mesh.cli;

import io.signalbox.mesh.model.InvalidValueException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a control plane listens.
 *
 * @param host a name or an address, IPv6 without brackets
 */
record ListenAddress(String host, int port) {

    private static final Pattern FORM = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[^:\\[\\]]+):(\\d{1,5})");

    /** @param text {@code HOST:PORT} */
    static ListenAddress parse(String text) {
        Matcher matcher = FORM.matcher(text);
        InvalidValueException.unless(
                matcher.matches() && Integer.parseInt(matcher.group(2)) <= 65535,
                "listen",
                text,
                "HOST:PORT, such as 127.0.0.1:9090");
        String host = matcher.group(1);
        return new ListenAddress(
                host.startsWith("[") ? host.substring(1, host.length() - 1) : host, Integer.parseInt(matcher.group(2)));
    }
}
