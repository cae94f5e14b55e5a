package io.signalbox.mesh.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The conditions of a routing rule; all that are given must hold.
 *
 * @param headers conditions by header name, names in any case
 * @param path the exact path, without the query
 * @param pathPrefix a path prefix that ends at a segment: {@code /v1} matches {@code /v1} and {@code /v1/x}, not
 *     {@code /v10}
 * @param pathTemplate a path with variables, each of which takes one segment
 * @param methods request methods; empty means every method
 * @param query conditions by the name of a query parameter, as it reads when decoded; case matters
 * @param sources services whose calls are meant; empty means every service
 * @param sourceIdentities SPIFFE ids whose calls are meant, or beginnings of such that end with {@code *}; empty means
 *     every identity, and none
 */
public record RouteMatch(
        Map<String, ValueMatch> headers,
        Optional<String> path,
        Optional<String> pathPrefix,
        Optional<PathTemplate> pathTemplate,
        Set<String> methods,
        Map<String, ValueMatch> query,
        Set<String> sources,
        Set<String> sourceIdentities) {

    public static final RouteMatch ANY = new RouteMatch(Map.of(), Optional.empty(), Optional.empty(), Set.of());

    private static final Pattern IDENTITY = Pattern.compile("spiffe://[A-Za-z0-9._/-]{1,2000}\\*?");

    public RouteMatch {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        query = Collections.unmodifiableMap(new LinkedHashMap<>(query));
        methods = Set.copyOf(methods);
        sources = Set.copyOf(sources);
        sourceIdentities = Set.copyOf(sourceIdentities);
        requirePath("match.path", path);
        requirePath("match.pathPrefix", pathPrefix);
        headers.keySet().forEach(RouteMatch::requireHeader);
        query.keySet().forEach(name -> InvalidValueException.unless(!name.isEmpty(), "match.query", name, "a name"));
        methods.forEach(method -> requireMethod("match.methods", method));
        sources.forEach(source -> Names.service("match.sources", source));
        sourceIdentities.forEach(identity -> InvalidValueException.unless(
                IDENTITY.matcher(identity).matches(),
                "match.sourceIdentities",
                identity,
                "a SPIFFE id, such as spiffe://mesh.example/service/cart, or its beginning and *"));
    }

    /** Conditions on exact header values, path and method alone. */
    public RouteMatch(
            Map<String, String> exactHeaders, Optional<String> path, Optional<String> pathPrefix, Set<String> methods) {
        this(exact(exactHeaders), path, pathPrefix, Optional.empty(), methods, Map.of(), Set.of(), Set.of());
    }

    private static Map<String, ValueMatch> exact(Map<String, String> values) {
        return values.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> new ValueMatch.Exact(entry.getValue())));
    }

    public static void requireHeader(String name) {
        InvalidValueException.unless(
                Stickiness.TOKEN.matcher(name).matches(), "match.headers", name, "the name of a header field");
    }

    static void requireMethod(String field, String method) {
        InvalidValueException.unless(
                !method.isEmpty() && method.chars().allMatch(c -> (c >= 'A' && c <= 'Z') || c == '-'),
                field,
                method,
                "a method in capitals, such as GET");
    }

    private static void requirePath(String field, Optional<String> path) {
        path.ifPresent(text -> InvalidValueException.unless(
                text.startsWith("/") && text.indexOf('?') < 0,
                field,
                text,
                "a path that begins with / and has no query"));
    }
}
