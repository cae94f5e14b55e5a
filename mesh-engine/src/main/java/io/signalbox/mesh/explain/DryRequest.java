package io.signalbox.mesh.explain;

import io.signalbox.mesh.model.InvalidValueException;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A request that nobody sends: where would it go?
 *
 * @param method in capitals, such as {@code GET}
 * @param url such as {@code http://catalog/items}; its host names the service, unless {@code X-Target-Service} does
 * @param headers fields by name
 * @param source the service that would ask; {@code null} for any
 */
public record DryRequest(
        String method,
        String url,
        Map<String, String> headers,
        @Nullable String source) {

    private static final String TARGET = "X-Target-Service";
    private static final String SUFFIX = ".mesh";

    public DryRequest {
        headers = Map.copyOf(headers);
        InvalidValueException.unless(
                !method.isEmpty() && method.chars().allMatch(c -> (c >= 'A' && c <= 'Z') || c == '-'),
                "method",
                method,
                "a method in capitals, such as GET");
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        headers.keySet()
                .forEach(name ->
                        InvalidValueException.unless(names.add(name), "headers", name + " twice", "each field once"));
        InvalidValueException.unless(parsed(url) != null, "url", url, "http://SERVICE/PATH");
    }

    /** As an outbound listener reads it: without a port, in lower case, without {@code .mesh}. */
    String service() {
        String named = head().first(TARGET);
        String name = (named == null || named.isBlank() ? uri().getHost() : named.strip()).toLowerCase(Locale.ROOT);
        return name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
    }

    HeldHead head() {
        URI uri = uri();
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        HeldHead.Collector fields = new HeldHead.Collector();
        headers.forEach(fields::field);
        return fields.head(method, uri.getRawQuery() == null ? path : path + '?' + uri.getRawQuery(), uri.getHost());
    }

    private URI uri() {
        return URI.create(url);
    }

    private static @Nullable URI parsed(String url) {
        try {
            URI uri = URI.create(url);
            boolean web = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            return web && uri.getHost() != null ? uri : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
