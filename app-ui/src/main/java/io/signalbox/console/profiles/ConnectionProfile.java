package io.signalbox.console.profiles;

import io.signalbox.mesh.client.remote.ConnectionProbe;
import io.signalbox.mesh.client.remote.ServerTrust;
import io.signalbox.mesh.model.InvalidValueException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A control plane that a person knows by name. It holds no secret.
 *
 * @param name 1 to 40 letters, digits, dots, hyphens and underscores; it begins with a letter or a digit
 * @param addresses of the control planes that share the mesh's store, 1 to 9 in the order in which they are tried; all
 *     {@code https}, or all {@code http} to this machine
 * @param trust whom to believe behind {@code https}
 */
public record ConnectionProfile(
        String name, List<URI> addresses, Environment environment, ServerTrust trust, SecretPlace secret) {

    private static final Set<String> SCHEMES = Set.of("http", "https");
    private static final int MOST = 9;

    public ConnectionProfile {
        addresses = List.copyOf(addresses);
        Objects.requireNonNull(environment, "environment");
        Objects.requireNonNull(trust, "trust");
        Objects.requireNonNull(secret, "secret");
        InvalidValueException.unless(
                name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,39}"),
                "name",
                name,
                "1 to 40 letters, digits, dots, hyphens and underscores");
        InvalidValueException.unless(
                !addresses.isEmpty() && addresses.size() <= MOST, "addresses", addresses.size(), "1.." + MOST);
        for (URI address : addresses) {
            InvalidValueException.unless(
                    "https".equals(address.getScheme()) || ConnectionProbe.isLoopback(address),
                    "address",
                    address,
                    "https, as off this machine others could read the token");
            InvalidValueException.unless(
                    address.getScheme().equals(addresses.getFirst().getScheme()),
                    "address",
                    address,
                    addresses.getFirst().getScheme() + ", as the first one");
        }
        InvalidValueException.unless(
                Set.copyOf(addresses).size() == addresses.size(), "addresses", written(addresses), "each of them once");
    }

    /** With one control plane. */
    public ConnectionProfile(String name, URI address, Environment environment, ServerTrust trust, SecretPlace secret) {
        this(name, List.of(address), environment, trust, secret);
    }

    /** The one that is tried first. */
    public URI address() {
        return addresses.getFirst();
    }

    /** Its addresses as they are typed. */
    public String written() {
        return written(addresses);
    }

    /** Whether all addresses of another are among these. */
    public boolean reachesAllOf(ConnectionProfile other) {
        return addresses.containsAll(other.addresses);
    }

    /** Reads addresses that somebody typed, with commas between them. */
    public static List<URI> addresses(String text) {
        return Stream.of(text.split(",", -1)).map(ConnectionProfile::address).toList();
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
        return new ConnectionProfile(name, addresses, environment, next, secret);
    }

    private static String written(List<URI> addresses) {
        return addresses.stream().map(URI::toString).collect(Collectors.joining(", "));
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
