package io.signalbox.mesh.model;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Another place for a request: a new path, or a new beginning of it, and a new host. The query stays.
 *
 * @param path the whole path; may name variables of the rule's path template, such as {@code /people/{id}}
 * @param pathPrefix stands in place of the prefix that the rule matched
 * @param host with or without a port
 */
public record Rewrite(Optional<String> path, Optional<String> pathPrefix, Optional<String> host) {

    private static final int LONGEST = 1_024;
    private static final Pattern PATH = Pattern.compile("/[A-Za-z0-9._~!$&'()*+,;=:@%/{}-]*");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]{1,253}(:[0-9]{1,5})?");
    private static final int HIGHEST_PORT = 65_535;
    private static final Pattern HALF_ENCODED = Pattern.compile("%(?![0-9A-Fa-f]{2})");
    private static final Pattern DOTS = Pattern.compile("/(\\.|%2[Ee]){1,2}(/|$)");
    private static final Pattern VARIABLE = Pattern.compile("\\{([^{}/]*)}");

    public Rewrite {
        path.ifPresent(text -> requirePath("rewrite.path", text));
        pathPrefix.ifPresent(text -> requirePath("rewrite.pathPrefix", text));
        InvalidValueException.unless(
                path.isEmpty() || pathPrefix.isEmpty(), "rewrite.pathPrefix", "beside path", "one of path, pathPrefix");
        pathPrefix.ifPresent(text -> InvalidValueException.unless(
                text.indexOf('{') < 0 && text.indexOf('}') < 0,
                "rewrite.pathPrefix",
                text,
                "no variables; path may have them"));
        host.ifPresent(name -> InvalidValueException.unless(
                HOST.matcher(name).matches() && port(name) <= HIGHEST_PORT,
                "rewrite.host",
                name,
                "a host name, with or without a port"));
        InvalidValueException.unless(
                path.isPresent() || pathPrefix.isPresent() || host.isPresent(),
                "rewrite.path",
                "missing",
                "at least one of path, pathPrefix, host");
    }

    /** The names of variables that the path uses. */
    Set<String> variables() {
        Set<String> names = new TreeSet<>();
        Matcher variable = VARIABLE.matcher(path.orElse(""));
        while (variable.find()) {
            names.add(variable.group(1));
        }
        return names;
    }

    /** Returns this if the conditions of its rule give all that it needs. */
    public Rewrite requireFrom(RouteMatch match) {
        InvalidValueException.unless(
                pathPrefix.isEmpty() || match.pathPrefix().isPresent(),
                "rewrite.pathPrefix",
                pathPrefix.orElse(""),
                "match.pathPrefix beside it, which it replaces");
        Set<String> unknown = variables();
        match.pathTemplate().ifPresent(template -> unknown.removeAll(Set.copyOf(template.variables())));
        InvalidValueException.unless(
                unknown.isEmpty(), "rewrite.path", path.orElse(""), "variables of match.pathTemplate, not " + unknown);
        return this;
    }

    private static int port(String host) {
        int colon = host.indexOf(':');
        return colon < 0 ? 0 : Integer.parseInt(host.substring(colon + 1));
    }

    private static void requirePath(String field, String text) {
        InvalidValueException.unless(
                text.length() <= LONGEST && PATH.matcher(text).matches(),
                field,
                text.length() <= LONGEST ? text : text.length() + " characters",
                "a path of at most " + LONGEST + " characters that begins with /, encoded, without a query");
        InvalidValueException.unless(
                !HALF_ENCODED.matcher(text).find(), field, text, "two hexadecimal digits after each %");
        InvalidValueException.unless(!DOTS.matcher(text).find(), field, text, "no segments that are . or ..");
        String plain = VARIABLE.matcher(text).replaceAll("");
        InvalidValueException.unless(
                plain.indexOf('{') < 0 && plain.indexOf('}') < 0,
                field,
                text,
                "variables as in match.pathTemplate, such as {id}");
    }
}
