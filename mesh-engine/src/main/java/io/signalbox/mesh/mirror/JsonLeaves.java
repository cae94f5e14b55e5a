package io.signalbox.mesh.mirror;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The leaves of a JSON document by JSON Pointer (RFC 6901), each as it is written there: numbers that are written
 * differently differ. Bounded in leaves, depth and length of pointers, since what it reads comes from anybody.
 */
final class JsonLeaves {

    private static final int MOST = 2_000;
    private static final int DEEPEST = 32;

    /** Each leaf below a long name holds that name: a body of 64 KiB would else become 100 MB of pointers. */
    private static final int LONGEST_POINTER = 512;

    private final String text;
    private final Map<String, String> leaves = new LinkedHashMap<>();
    private int at;

    private JsonLeaves(String text) {
        this.text = text;
    }

    /** Returns {@code null} when it is no JSON, or more than is looked at. */
    static @Nullable Map<String, String> of(String text) {
        JsonLeaves leaves = new JsonLeaves(text);
        leaves.blanks();
        if (!leaves.value("", 0)) {
            return null;
        }
        leaves.blanks();
        return leaves.at == text.length() ? leaves.leaves : null;
    }

    private boolean value(String path, int depth) {
        if (depth > DEEPEST || leaves.size() >= MOST || path.length() > LONGEST_POINTER || at >= text.length()) {
            return false;
        }
        return switch (text.charAt(at)) {
            case '{' -> object(path, depth);
            case '[' -> array(path, depth);
            case '"' -> text(path);
            default -> word(path);
        };
    }

    private boolean text(String path) {
        String string = string();
        return string != null && leaf(path, '"' + string + '"');
    }

    private boolean object(String path, int depth) {
        at++;
        blanks();
        if (taken('}')) {
            return leaf(path, "{}");
        }
        do {
            blanks();
            String name = at < text.length() && text.charAt(at) == '"' ? string() : null;
            blanks();
            if (name == null || !taken(':')) {
                return false;
            }
            blanks();
            if (!value(path + '/' + name.replace("~", "~0").replace("/", "~1"), depth + 1)) {
                return false;
            }
            blanks();
        } while (taken(','));
        return taken('}');
    }

    private boolean array(String path, int depth) {
        at++;
        blanks();
        if (taken(']')) {
            return leaf(path, "[]");
        }
        int index = 0;
        do {
            blanks();
            if (!value(path + '/' + index++, depth + 1)) {
                return false;
            }
            blanks();
        } while (taken(','));
        return taken(']');
    }

    /** What stands between quotes, as it is written. */
    private @Nullable String string() {
        int from = ++at;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') {
                return text.substring(from, at - 1);
            }
            if (c == '\\') {
                at++;
            } else if (c < ' ') {
                return null;
            }
        }
        return null;
    }

    private boolean word(String path) {
        int from = at;
        while (at < text.length() && ",]} \t\r\n".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        String word = text.substring(from, at);
        boolean known = word.equals("true") || word.equals("false") || word.equals("null");
        return (known || isNumber(word)) && leaf(path, word);
    }

    private static boolean isNumber(String word) {
        return !word.isEmpty()
                && (Character.isDigit(word.charAt(0)) || word.charAt(0) == '-')
                && word.chars().allMatch(c -> (c >= '0' && c <= '9') || "+-.eE".indexOf(c) >= 0);
    }

    private boolean leaf(String path, String value) {
        leaves.put(path, value);
        return true;
    }

    private boolean taken(char wanted) {
        boolean there = at < text.length() && text.charAt(at) == wanted;
        at += there ? 1 : 0;
        return there;
    }

    private void blanks() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }
}
