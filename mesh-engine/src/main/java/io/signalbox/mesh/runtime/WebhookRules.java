package io.signalbox.mesh.runtime;

import io.signalbox.mesh.model.InvalidValueException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which webhooks a control plane may call, and where it finds the secrets that sign.
 *
 * <p>Whoever may change policies names URLs that the control plane then calls from where it stands, which may be a place that
 * he does not reach himself. So it calls the hosts that whoever started it has named, and no others.
 *
 * @param hosts {@code HOST}, {@code HOST:PORT} or {@code *.DOMAIN}, in small letters; without a port each port is allowed
 * @param secrets the folder that holds a file for each secret; empty where requests cannot be signed
 */
public record WebhookRules(List<String> hosts, Optional<Path> secrets) {

    private static final Pattern HOST =
            Pattern.compile("(?:\\*\\.)?(?:[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?|\\[[0-9a-f:.]+\\])(?::\\d{1,5})?");

    /** No webhook is called. */
    public static final WebhookRules NONE = new WebhookRules(List.of(), Optional.empty());

    /** What runs on this machine, by its usual names. */
    public static final WebhookRules LOOPBACK =
            new WebhookRules(List.of("127.0.0.1", "localhost", "[::1]"), Optional.empty());

    public WebhookRules {
        hosts = hosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).toList();
        for (String host : hosts) {
            InvalidValueException.unless(
                    HOST.matcher(host).matches(), "webhook-hosts", host, "HOST, HOST:PORT or *.DOMAIN");
        }
    }

    boolean allows(URI url) {
        String host = url.getHost().toLowerCase(Locale.ROOT);
        int port = url.getPort() >= 0 ? url.getPort() : url.getScheme().equalsIgnoreCase("https") ? 443 : 80;
        return hosts.stream().anyMatch(allowed -> matches(allowed, host) || matches(allowed, host + ":" + port));
    }

    private static boolean matches(String allowed, String given) {
        return allowed.startsWith("*.") ? given.endsWith(allowed.substring(1)) : given.equals(allowed);
    }
}
