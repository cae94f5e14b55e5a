package io.signalbox.mesh.mirror;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Says in which fields two answers to the same request differ: status, header fields, and the body, of JSON by its leaves. */
final class AnswerDiff {

    /** They differ from answer to answer, or tell of the connection and not of the answer. */
    private static final Set<String> NEVER_COMPARED = Set.of(
            "date",
            "age",
            "set-cookie",
            "content-length",
            "traceparent",
            "tracestate",
            "b3",
            "x-request-id",
            "server-timing");

    private static final String ABSENT = "(absent)";

    private AnswerDiff() {}

    /** What one answer says and the other does not. */
    record Pair(String primary, String other) {}

    /**
     * The differences by field: {@code status}, {@code header content-type}, {@code body /items/0/price}.
     *
     * @param ignored further header fields that are not compared, in small letters
     */
    static Map<String, Pair> of(KeptAnswer primary, KeptAnswer other, Set<String> ignored) {
        Map<String, Pair> differences = new TreeMap<>();
        put(differences, "status", Integer.toString(primary.status()), Integer.toString(other.status()));
        Map<String, String> ours = compared(primary.fields(), ignored);
        Map<String, String> theirs = compared(other.fields(), ignored);
        all(ours, theirs)
                .forEach(name -> put(
                        differences,
                        "header " + name,
                        ours.getOrDefault(name, ABSENT),
                        theirs.getOrDefault(name, ABSENT)));
        bodies(differences, primary, other);
        return differences;
    }

    private static void bodies(Map<String, Pair> differences, KeptAnswer primary, KeptAnswer other) {
        if (!primary.isWhole() || !other.isWhole()) {
            put(differences, "body", bytesOf(primary), bytesOf(other));
            return;
        }
        if (primary.hasBodyOf(other)) {
            return;
        }
        Map<String, String> ourLeaves = leaves(primary);
        Map<String, String> theirLeaves = leaves(other);
        if (ourLeaves == null || theirLeaves == null) {
            // Bytes that are no text may read alike.
            differences.put("body", new Pair(told(primary), told(other)));
            return;
        }
        all(ourLeaves, theirLeaves)
                .forEach(path -> put(
                        differences,
                        "body " + path,
                        ourLeaves.getOrDefault(path, ABSENT),
                        theirLeaves.getOrDefault(path, ABSENT)));
    }

    private static @Nullable Map<String, String> leaves(KeptAnswer answer) {
        String text = answer.text();
        return text == null ? null : JsonLeaves.of(text);
    }

    private static String told(KeptAnswer answer) {
        String text = answer.text();
        return text == null ? bytesOf(answer) + ", not text" : text;
    }

    private static String bytesOf(KeptAnswer answer) {
        return answer.length() + " bytes";
    }

    private static Map<String, String> compared(Map<String, String> fields, Set<String> ignored) {
        Map<String, String> compared = new TreeMap<>(fields);
        compared.keySet()
                .removeIf(name -> NEVER_COMPARED.contains(name)
                        || ignored.contains(name)
                        || name.startsWith("x-signalbox-")
                        || name.startsWith("x-b3-"));
        return compared;
    }

    private static Set<String> all(Map<String, String> ours, Map<String, String> theirs) {
        Set<String> names = new TreeSet<>(ours.keySet());
        names.addAll(theirs.keySet());
        return names;
    }

    private static void put(Map<String, Pair> differences, String field, String primary, String other) {
        if (!primary.equals(other)) {
            differences.put(field, new Pair(primary, other));
        }
    }
}
