package io.signalbox.mesh.model;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The conditions of a routing rule; all that are given must hold.
 *
 * @param headers exact values by header name, names in any case
 * @param path the exact path, without the query
 * @param pathPrefix a path prefix that ends at a segment: {@code /v1} matches {@code /v1} and {@code /v1/x}, not
 *     {@code /v10}
 * @param methods request methods; empty means every method
 */
public record RouteMatch(
        Map<String, String> headers, Optional<String> path, Optional<String> pathPrefix, Set<String> methods) {

    public static final RouteMatch ANY = new RouteMatch(Map.of(), Optional.empty(), Optional.empty(), Set.of());

    public RouteMatch {
        headers = Map.copyOf(headers);
        methods = Set.copyOf(methods);
        requirePath("match.path", path);
        requirePath("match.pathPrefix", pathPrefix);
        headers.keySet()
                .forEach(name -> InvalidValueException.unless(!name.isBlank(), "match.headers", name, "a name"));
        methods.forEach(method -> InvalidValueException.unless(
                !method.isEmpty() && method.chars().allMatch(c -> (c >= 'A' && c <= 'Z') || c == '-'),
                "match.methods",
                method,
                "a method in capitals, such as GET"));
    }

    private static void requirePath(String field, Optional<String> path) {
        path.ifPresent(text -> InvalidValueException.unless(
                text.startsWith("/") && text.indexOf('?') < 0,
                field,
                text,
                "a path that begins with / and has no query"));
    }
}
