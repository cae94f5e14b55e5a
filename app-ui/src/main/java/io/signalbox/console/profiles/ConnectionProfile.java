package io.signalbox.console.profiles;

import io.signalbox.mesh.client.remote.ConnectionProbe;
import io.signalbox.mesh.client.remote.ServerTrust;
import io.signalbox.mesh.model.InvalidValueException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A control plane that a person knows by name. It holds no secret.
 *
 * @param name 1 to 40 letters, digits, dots, hyphens and underscores; it begins with a letter or a digit
 * @param address {@code https}, or {@code http} to this machine
 * @param trust whom to believe behind {@code https}
 */
public record ConnectionProfile(
        String name, URI address, Environment environment, ServerTrust trust, SecretPlace secret) {

    private static final Set<String> SCHEMES = Set.of("http", "https");

    public ConnectionProfile {
        Objects.requireNonNull(environment, "environment");
        Objects.requireNonNull(trust, "trust");
        Objects.requireNonNull(secret, "secret");
        InvalidValueException.unless(
                name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,39}"),
                "name",
                name,
                "1 to 40 letters, digits, dots, hyphens and underscores");
        InvalidValueException.unless(
                "https".equals(address.getScheme()) || ConnectionProbe.isLoopback(address),
                "address",
                address,
                "https, as off this machine others could read the token");
    }

    /** Reads an address that somebody typed. */
    public static URI address(String text) {
        try {
            URI address = new URI(text.strip());
            if (isWhole(address)) {
                return address;
            }
        } catch (URISyntaxException e) {
            // Refused below, with every other text that is no address.
        }
        throw new InvalidValueException("address", text.strip(), "such as https://mesh.example:9090");
    }

    public ConnectionProfile withTrust(ServerTrust next) {
        return new ConnectionProfile(name, address, environment, next, secret);
    }

    private static boolean isWhole(URI address) {
        @Nullable String scheme = address.getScheme();
        boolean bare = address.getPath() == null
                || address.getPath().isEmpty()
                || address.getPath().equals("/");
        return scheme != null
                && SCHEMES.contains(scheme)
                && address.getHost() != null
                && bare
                && address.getUserInfo() == null
                && address.getQuery() == null;
    }
}
