package io.signalbox.mesh.model;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/** A condition on the values of one header field or query parameter; of several values any one may meet it. */
public sealed interface ValueMatch {

    /** The value is this text. */
    record Exact(String value) implements ValueMatch {}

    /** The value begins with this text, which is not empty. */
    record Prefix(String value) implements ValueMatch {

        public Prefix {
            InvalidValueException.unless(!value.isEmpty(), "prefix", "empty", "a text; present: true takes any value");
        }
    }

    /**
     * The whole value matches this expression in RE2's syntax.
     *
     * <p>RE2 has no back-references and looks nowhere ahead or behind, so the time for a match grows with the length of
     * the value only, and {@link RegexSize} bounds how much of it each character takes.
     *
     * @param pattern at most {@value #LONGEST} characters
     */
    record Regex(String pattern) implements ValueMatch {

        public static final int LONGEST = 256;

        public Regex {
            InvalidValueException.unless(
                    pattern.length() <= LONGEST,
                    "regex",
                    pattern.length() + " characters",
                    "at most " + LONGEST + " characters");
            RegexSize.require(pattern, RegexSize.written(pattern));
            RegexSize.require(pattern, compiled(pattern).programSize());
        }

        public Pattern compiled() {
            return compiled(pattern);
        }

        private static Pattern compiled(String pattern) {
            try {
                return Pattern.compile(pattern);
            } catch (PatternSyntaxException e) {
                throw new InvalidValueException(
                        "regex",
                        pattern,
                        "RE2's syntax, without look-around and back-references; " + e.getDescription());
            }
        }
    }

    /** There is a value, whatever it is. */
    record Present() implements ValueMatch {}

    /** There is none. */
    record Absent() implements ValueMatch {}
}
