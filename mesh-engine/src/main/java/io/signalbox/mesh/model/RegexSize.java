package io.signalbox.mesh.model;

/**
 * How many steps an expression has when its counted repetitions are written out, as RE2 does.
 *
 * <p>Each character of a value costs at most so many steps. Nested repetitions multiply, so {@link #written} counts before
 * anything is compiled: a hundred characters can ask for gigabytes.
 */
final class RegexSize {

    /** As many as Envoy allowed by default. */
    static final int MOST = 100;

    private static final int DEEPEST = 32;
    private static final long ENDLESS = 1L << 40;

    private final String pattern;
    private int at;

    private RegexSize(String pattern) {
        this.pattern = pattern;
    }

    static void require(String pattern, long steps) {
        InvalidValueException.unless(
                steps <= MOST, "regex", pattern, "at most " + MOST + " steps when repetitions are written out");
    }

    /** A lower bound of the steps; what is malformed is left to the compiler. */
    static long written(String pattern) {
        return new RegexSize(pattern).sequence(0);
    }

    private long sequence(int depth) {
        if (depth > DEEPEST) {
            return ENDLESS;
        }
        long all = 0;
        while (at < pattern.length() && (depth == 0 || pattern.charAt(at) != ')')) {
            long atom = atom(depth);
            all = Math.min(ENDLESS, all + Math.min(ENDLESS, atom * repetitions()));
        }
        return all;
    }

    /** At most what the next piece takes once. */
    private long atom(int depth) {
        char c = pattern.charAt(at++);
        return switch (c) {
            case '(' -> {
                skipGroupHead();
                long inside = sequence(depth + 1);
                at++;
                yield Math.max(1, inside);
            }
            case '[' -> {
                skipClass();
                yield 1;
            }
            case '\\' -> escaped();
            case '*', '+', '?', '|', '^', '$' -> 0;
            default -> 1;
        };
    }

    private long escaped() {
        char what = at < pattern.length() ? pattern.charAt(at++) : '\\';
        if (what == 'Q') {
            int end = pattern.indexOf("\\E", at);
            int length = (end < 0 ? pattern.length() : end) - at;
            at = end < 0 ? pattern.length() : end + 2;
            return length;
        }
        if ((what == 'p' || what == 'P' || what == 'x') && at < pattern.length() && pattern.charAt(at) == '{') {
            int end = pattern.indexOf('}', at);
            at = end < 0 ? pattern.length() : end + 1;
        }
        return 1;
    }

    private void skipClass() {
        skip('^');
        skip(']');
        while (at < pattern.length() && pattern.charAt(at) != ']') {
            int named = pattern.startsWith("[:", at) ? pattern.indexOf(":]", at) : -1;
            at = named >= 0 ? named + 2 : at + (pattern.charAt(at) == '\\' ? 2 : 1);
        }
        at++;
    }

    /** What stands before a group's own content: {@code ?:}, {@code ?P<name>}, or flags. */
    private void skipGroupHead() {
        if (at < pattern.length() && pattern.charAt(at) == '?') {
            while (at < pattern.length() && ":>)".indexOf(pattern.charAt(at)) < 0) {
                at++;
            }
            skip(':');
            skip('>');
        }
    }

    private void skip(char c) {
        if (at < pattern.length() && pattern.charAt(at) == c) {
            at++;
        }
    }

    /** The highest count of a {@code {n,m}} that stands here, and of those right behind it; 1 for none. */
    private long repetitions() {
        long times = 1;
        while (at < pattern.length() && pattern.charAt(at) == '{') {
            int end = pattern.indexOf('}', at);
            long most = end < 0 ? -1 : most(pattern.substring(at + 1, end));
            if (most < 0) {
                return times;
            }
            times = Math.min(ENDLESS, times * Math.max(1, most));
            at = end + 1;
        }
        return times;
    }

    private static long most(String counts) {
        if (counts.isEmpty() || !counts.chars().allMatch(c -> (c >= '0' && c <= '9') || c == ',')) {
            return -1;
        }
        long most = 0;
        for (String count : counts.split(",", -1)) {
            most = Math.max(most, count.length() > 9 ? ENDLESS : count.isEmpty() ? 0 : Long.parseLong(count));
        }
        return most;
    }
}
