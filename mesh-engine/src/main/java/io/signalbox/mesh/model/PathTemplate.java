package io.signalbox.mesh.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A path in which some segments are variables, such as {@code /users/{id}/orders}.
 *
 * <p>A variable fills its segment, takes any text but an empty one, and has a name of its own.
 *
 * @param text begins with {@code /}; at most {@value #LONGEST} characters and {@value #MOST_SEGMENTS} segments
 */
public record PathTemplate(String text) {

    public static final int LONGEST = 1_024;
    public static final int MOST_SEGMENTS = 32;

    private static final Pattern VARIABLE = Pattern.compile("\\{[A-Za-z_][A-Za-z0-9_]{0,31}}");

    public PathTemplate {
        String shown = text.length() <= LONGEST ? text : text.length() + " characters";
        InvalidValueException.unless(
                text.length() <= LONGEST && text.startsWith("/") && text.indexOf('?') < 0 && text.indexOf('#') < 0,
                "match.pathTemplate",
                shown,
                "a path of at most " + LONGEST + " characters that begins with / and has no query");
        String[] segments = text.substring(1).split("/", -1);
        InvalidValueException.unless(
                segments.length <= MOST_SEGMENTS,
                "match.pathTemplate",
                segments.length + " segments",
                "at most " + MOST_SEGMENTS + " segments");
        Set<String> names = new HashSet<>();
        for (int i = 0; i < segments.length; i++) {
            requireSegment(text, segments[i], i == segments.length - 1);
            InvalidValueException.unless(
                    !isVariable(segments[i]) || names.add(segments[i]),
                    "match.pathTemplate",
                    text,
                    "each variable once, not again " + segments[i]);
        }
    }

    /** What stands between the slashes; the last one is empty when the template ends with a slash. */
    public List<String> segments() {
        return List.of(text.substring(1).split("/", -1));
    }

    /** The names of its variables, in order. */
    public List<String> variables() {
        List<String> names = new ArrayList<>();
        for (String segment : segments()) {
            if (isVariable(segment)) {
                names.add(nameOf(segment));
            }
        }
        return names;
    }

    public static boolean isVariable(String segment) {
        return segment.startsWith("{");
    }

    public static String nameOf(String variable) {
        return variable.substring(1, variable.length() - 1);
    }

    private static void requireSegment(String text, String segment, boolean last) {
        boolean braces = segment.indexOf('{') >= 0 || segment.indexOf('}') >= 0;
        InvalidValueException.unless(
                !braces || VARIABLE.matcher(segment).matches(),
                "match.pathTemplate",
                text,
                "variables that fill their segment, such as /users/{id}");
        InvalidValueException.unless(
                (last || !segment.isEmpty()) && !segment.equals(".") && !segment.equals(".."),
                "match.pathTemplate",
                text,
                "no empty segments, and none that is . or ..");
    }
}
