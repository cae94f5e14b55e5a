package io.signalbox.mesh.proxy.conformance;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One request as some parser understood it, in a form in which two parsers can be compared. It travels in the field
 * {@link #FIELD} of an answer: Base64 of a line each for method, target, the body's length and SHA-256, then the fields,
 * an empty line, and the trailers.
 */
record Echo(String method, String target, long length, String sha256, List<String> fields, List<String> trailers) {

    static final String FIELD = "X-Echo";

    /** Of one connection, or rewritten by whoever passes a request on. */
    private static final Set<String> OF_A_HOP = Set.of(
            "connection",
            "content-length",
            "expect",
            "host",
            "keep-alive",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    Echo {
        fields = List.copyOf(fields);
        trailers = List.copyOf(trailers);
    }

    static Echo of(Message request) {
        byte[] body = request.body().getBytes(StandardCharsets.ISO_8859_1);
        return new Echo(
                request.method(),
                request.target(),
                body.length,
                sha256(body),
                endToEnd(request.fields().stream().map(Echo::line).toList()),
                endToEnd(request.trailers().stream().map(Echo::line).toList()));
    }

    /** What the answer says; {@code null} when its sender did not take the request. */
    static @Nullable Echo in(Message answer) {
        List<String> texts = answer.all(FIELD);
        if (texts.isEmpty()) {
            return null;
        }
        List<String> lines = List.of(
                new String(Base64.getDecoder().decode(texts.getFirst()), StandardCharsets.ISO_8859_1).split("\n", -1));
        int end = lines.indexOf("");
        return new Echo(
                lines.get(0),
                lines.get(1),
                Long.parseLong(lines.get(2)),
                lines.get(3),
                endToEnd(lines.subList(4, end)),
                endToEnd(lines.subList(end + 1, lines.size()).stream()
                        .filter(line -> !line.isEmpty())
                        .toList()));
    }

    String encoded() {
        List<String> lines = new ArrayList<>(List.of(method, target, Long.toString(length), sha256));
        lines.addAll(fields);
        lines.add("");
        lines.addAll(trailers);
        return Base64.getEncoder().encodeToString(String.join("\n", lines).getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The same without trailers, which not every server keeps. */
    Echo withoutTrailers() {
        return new Echo(method, target, length, sha256, fields, List.of());
    }

    /** Whether this is what the other asked for, of whose target in absolute form path and query alone travel on. */
    boolean isWhatWasAskedBy(Echo other) {
        boolean absolute = !other.target.startsWith("/") && !other.target.equals("*");
        boolean empty = target.equals("/") || target.equals("*");
        return method.equals(other.method)
                && length == other.length
                && sha256.equals(other.sha256)
                && (target.equals(other.target) || (absolute && (empty || other.target.endsWith(afterSlash()))));
    }

    /** Of a query without a path, the query. */
    private String afterSlash() {
        return target.startsWith("/?") ? target.substring(1) : target;
    }

    private static String line(Field field) {
        return field.name() + ": " + field.value();
    }

    private static List<String> endToEnd(List<String> lines) {
        return lines.stream()
                .map(line -> {
                    int colon = line.indexOf(':');
                    return line.substring(0, colon).toLowerCase(Locale.ROOT) + ":" + line.substring(colon + 1);
                })
                .filter(line -> !OF_A_HOP.contains(line.substring(0, line.indexOf(':'))))
                .sorted()
                .toList();
    }

    private static String sha256(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
