package io.signalbox.mesh.routing;

import io.signalbox.mesh.model.Rewrite;
import io.signalbox.mesh.model.RouteMatch;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a request goes instead, worked out from where it was to go. Immutable.
 *
 * <p>A path is rewritten from its canonical form, since that is what the rule matched: {@code /v1//../v1/x} under the
 * prefix {@code /v1} leaves {@code /x}.
 */
public final class PlaceRewrite {

    private static final Pattern VARIABLE = Pattern.compile("\\{([^{}/]*)}");

    private final @Nullable String path;
    private final @Nullable PathShape variables;
    private final @Nullable String newPrefix;
    private final int prefixLength;
    private final @Nullable String host;

    private PlaceRewrite(Rewrite rewrite, RouteMatch match) {
        String whole = rewrite.path().orElse(null);
        this.path = whole;
        this.variables = whole != null && whole.indexOf('{') >= 0
                ? match.pathTemplate().map(PathShape::of).orElse(null)
                : null;
        this.newPrefix =
                rewrite.pathPrefix().map(PlaceRewrite::withoutLastSlash).orElse(null);
        this.prefixLength = match.pathPrefix()
                .map(RequestPath::canonicalPrefix)
                .map(String::length)
                .orElse(0);
        this.host = rewrite.host().orElse(null);
    }

    static PlaceRewrite of(Rewrite rewrite, RouteMatch match) {
        return new PlaceRewrite(rewrite, match);
    }

    /** The new host, with or without a port; {@code null} when it stays. */
    public @Nullable String host() {
        return host;
    }

    public boolean changesPath() {
        return path != null || newPrefix != null;
    }

    /**
     * The new path and the old query.
     *
     * @param sentPath as sent, still encoded; {@code *} stays
     * @param query as sent; empty for none
     */
    public String target(String sentPath, String query) {
        String place = sentPath.startsWith("/") ? newPath(sentPath) : sentPath;
        return query.isEmpty() ? place : place + "?" + query;
    }

    private String newPath(String sentPath) {
        String whole = path;
        String beginning = newPrefix;
        PathShape shape = variables;
        if (whole != null) {
            return shape == null ? whole : filled(whole, shape.variables(RequestPath.canonical(sentPath)));
        }
        if (beginning == null) {
            return sentPath;
        }
        String rest = RequestPath.canonical(sentPath).substring(prefixLength);
        String joined = beginning + RequestPath.written(rest);
        return joined.isEmpty() ? "/" : joined;
    }

    private static String filled(String template, Map<String, String> values) {
        return VARIABLE.matcher(template)
                .replaceAll(variable ->
                        Matcher.quoteReplacement(RequestPath.written(values.getOrDefault(variable.group(1), ""))));
    }

    private static String withoutLastSlash(String prefix) {
        return prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
    }
}
