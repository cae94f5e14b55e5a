package io.signalbox.mesh.proxy.conformance;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.Executable;

/** Cases that the present transport fails, and why; one that passes again has to leave this list. */
final class KnownDeviations {

    private static final Map<String, String> ALWAYS = always();

    /** Those that depend on which of two threads comes first: they are run, and a failure is only reported. */
    private static final Map<String, String> SOMETIMES = sometimes();

    /** What of it mutations come upon: expressions for what the application says is wrong. */
    static final List<String> IN_MUTATIONS = List.of(
            "a trailer that would change the message: .*", "not a start line: [^ ][!#-'*-.^-~\\w]* [^ ]+ HTTP/1\\.1");

    private KnownDeviations() {}

    static boolean contains(String name) {
        return ALWAYS.containsKey(name) || SOMETIMES.containsKey(name);
    }

    static Set<String> names() {
        Set<String> names = new TreeSet<>(ALWAYS.keySet());
        names.addAll(SOMETIMES.keySet());
        return names;
    }

    /** The case as a test: to pass, or to fail where it is known to. */
    static DynamicTest test(String name, Executable run) {
        String always = ALWAYS.get(name);
        if (always != null) {
            return DynamicTest.dynamicTest(
                    name + " (still deviates: " + always + ")",
                    () -> assertThatThrownBy(run::execute)
                            .as("a case that passes is to leave KnownDeviations")
                            .isInstanceOf(AssertionError.class));
        }
        String sometimes = SOMETIMES.get(name);
        return sometimes == null
                ? DynamicTest.dynamicTest(name, run)
                : DynamicTest.dynamicTest(name + " (may deviate: " + sometimes + ")", () -> {
                    try {
                        run.execute();
                    } catch (AssertionError e) {
                        Assumptions.abort("deviates: " + e.getMessage());
                    }
                });
    }

    private static Map<String, String> always() {
        Map<String, String> reasons = new TreeMap<>();
        requests(reasons);
        targets(reasons);
        answers(reasons);
        return Map.copyOf(reasons);
    }

    private static Map<String, String> sometimes() {
        Map<String, String> reasons = new TreeMap<>();
        because(reasons, "a coding and HTTP/1.0 keep the connection", "an old answer in chunks");
        because(
                reasons,
                "bytes on an idle connection wait to be part of the next answer",
                "bytes that nobody asked for",
                "an empty line that nobody asked for",
                "half an answer that nobody asked for");
        because(
                reasons,
                "bytes after an answer are thrown away as far as they have been read, and the connection is used again",
                "an answer after an answer",
                "an answer after an answer in chunks",
                "an answer after an answer and a thousand empty lines",
                "an answer after 204",
                "an answer after 304",
                "an answer after an answer to HEAD",
                "half an answer after an answer",
                "an interim answer after an answer",
                "a NUL after an answer",
                "an answer longer than its length",
                "an answer with a body of no length",
                "an answer after more empty lines than a buffer holds",
                "more answers after an answer than a buffer holds",
                "an answer to HEAD with a body",
                "304 with a body",
                "204 in chunks");
        return Map.copyOf(reasons);
    }

    private static void requests(Map<String, String> reasons) {
        because(reasons, "a coding and HTTP/1.0 keep the connection", "a coding from an old caller");
        because(
                reasons,
                "codings before chunked are dropped, and the body stays coded",
                "identity and then chunked",
                "gzip and then chunked, which nobody here decodes",
                "a coding that nobody knows and then chunked");
        because(
                reasons,
                "every trailer travels on",
                "a length among the trailers",
                "a coding among the trailers",
                "a host among the trailers",
                "a connection option among the trailers",
                "a keep-alive among the trailers",
                "an upgrade among the trailers",
                "a password among the trailers",
                "an expectation among the trailers",
                "a word in the mesh's name among the trailers");
        because(
                reasons,
                "a method may begin with any visible character",
                "a method that begins with a comma",
                "a method that begins with a brace");
        because(reasons, "known methods are put in upper case", "the method get", "the method Get", "the method post");
        because(reasons, "versions are read in any case", "the version http/1.1", "the version Http/1.1");
        because(
                reasons,
                "minor versions beyond 1 are refused",
                "a later minor version is read as 1.1",
                "the last minor version is read as 1.1");
        because(reasons, "a type is added to a body that has none", "a body without a type is given none");
        because(
                reasons,
                "TE travels on without the Connection that names it",
                "a willingness to take trailers",
                "a willingness to take codings");
        because(
                reasons,
                "an upgrade that Connection does not name is refused",
                "an upgrade that Connection does not name does not travel on");
        because(
                reasons,
                "Max-Forwards is not counted",
                "OPTIONS that may go no further",
                "OPTIONS that may go five steps further",
                "TRACE that may go no further");
    }

    private static void targets(Map<String, String> reasons) {
        because(
                reasons,
                "paths that leave the root, or hide a slash, a dot or a control, are refused",
                "the target /..",
                "the target /../../etc/passwd",
                "the target /%2e%2e/%2F/%2f",
                "the target /%00%0d%0a");
        because(reasons, "a fragment is cut off in silence", "the target /a#b", "the target /#");
        because(reasons, "bytes above ASCII become question marks", "the target /é?é", "the target /þÿ");
        because(reasons, "it is taken for the application's fault", "the target /?%");
        because(reasons, "a host that differs in its port alone stays", "an absolute target outranks the host's port");
        because(reasons, "the target becomes a slash", "OPTIONS of a whole server in absolute form");
    }

    private static void answers(Map<String, String> reasons) {
        because(reasons, "no answer is given", "204 with a length and a body");
        because(
                reasons,
                "a change of protocols travels on, though the wish for it did not",
                "101 that nobody asked for",
                "101 that was asked for but not passed on");
        because(
                reasons,
                "interim answers end here",
                "102 travels on",
                "103 travels on",
                "several interim answers travel on");
        because(reasons, "it is taken for the last answer", "an interim status that nobody knows travels on");
        because(
                reasons,
                "codings before chunked are dropped, and the body stays coded",
                "an answer with gzip and then chunks, which nobody asked for",
                "an answer with a coding that nobody knows and then chunks");
        because(
                reasons,
                "every trailer travels on",
                "a length among an answer's trailers",
                "a connection option among an answer's trailers",
                "a word in the mesh's name among an answer's trailers");
        because(
                reasons,
                "versions are read in any case, and 2.0 as 1.1",
                "a status line with version 2.0",
                "a status line with a version in lower case");
        because(reasons, "minor versions beyond 1 are refused", "a status line with version 1.2");
        because(
                reasons,
                "bytes above ASCII in a reason are refused",
                "a status line with a reason of bytes above ASCII");
    }

    private static void because(Map<String, String> reasons, String reason, String... cases) {
        for (String each : cases) {
            if (reasons.put(each, reason) != null) {
                throw new IllegalStateException(each + " (expected: once)");
            }
        }
    }
}
