package io.signalbox.mesh.store;

import io.signalbox.mesh.model.InvalidValueException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where a store that several control planes share is, and how to get in.
 *
 * @param endpoints of its nodes, all {@code http} or all {@code https}
 * @param prefix what all keys begin with there, since others may keep something beside
 * @param authority PEM, the roots to believe instead of those that Java knows
 * @param certificate to be shown to it
 * @param login a name and a password to be told to it
 */
public record SharedStore(
        List<URI> endpoints,
        String prefix,
        Optional<Path> authority,
        Optional<Certificate> certificate,
        Optional<Login> login) {

    public SharedStore {
        endpoints = List.copyOf(endpoints);
        InvalidValueException.unless(!endpoints.isEmpty(), "endpoints", "none", "at least one URL");
        for (URI endpoint : endpoints) {
            InvalidValueException.unless(
                    endpoint.getHost() != null && endpoint.getPort() > 0 && isHttp(endpoint),
                    "endpoints",
                    endpoint,
                    "http://HOST:PORT or https://HOST:PORT");
            InvalidValueException.unless(
                    endpoint.getScheme().equals(endpoints.getFirst().getScheme()),
                    "endpoints",
                    endpoint,
                    "all of them http, or all https");
        }
        Keys.require(prefix);
        boolean encrypted = endpoints.getFirst().getScheme().equals("https");
        InvalidValueException.unless(
                encrypted || (authority.isEmpty() && certificate.isEmpty()),
                "endpoints",
                endpoints.getFirst(),
                "https://HOST:PORT where certificates are named");
        InvalidValueException.unless(
                encrypted || login.isEmpty() || endpoints.stream().allMatch(SharedStore::isLoopback),
                "endpoints",
                endpoints.getFirst(),
                "https://HOST:PORT where a password goes there");
    }

    public boolean encrypted() {
        return endpoints.getFirst().getScheme().equals("https");
    }

    private static boolean isHttp(URI endpoint) {
        return "http".equals(endpoint.getScheme()) || "https".equals(endpoint.getScheme());
    }

    private static boolean isLoopback(URI endpoint) {
        String host = endpoint.getHost();
        return host.equals("localhost") || host.equals("[::1]") || host.startsWith("127.");
    }

    /** PEM files, a chain and its key. */
    public record Certificate(Path chain, Path key) {}

    /** @param password never shown */
    public record Login(String name, String password) {
        @Override
        public String toString() {
            return name;
        }
    }
}
