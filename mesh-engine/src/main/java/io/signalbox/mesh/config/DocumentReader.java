package io.signalbox.mesh.config;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/**
 * Reads YAML or JSON into located nodes, within limits on size, depth and tokens; anchors and repeated fields are
 * refused.
 */
final class DocumentReader {

    static final int MAX_BYTES = 1 << 20;
    private static final int MAX_DEPTH = 32;
    private static final int MAX_TOKENS = 200_000;

    private static final StreamReadConstraints LIMITS = StreamReadConstraints.builder()
            .maxNestingDepth(MAX_DEPTH)
            .maxDocumentLength(MAX_BYTES)
            .maxTokenCount(MAX_TOKENS)
            .maxNameLength(1_000)
            .build();
    private static final TokenStreamFactory JSON =
            JsonFactory.builder().streamReadConstraints(LIMITS).build();
    private static final TokenStreamFactory YAML =
            YAMLFactory.builder().streamReadConstraints(LIMITS).build();
    private static final Pattern LOOKS_LIKE_JSON = Pattern.compile("\\A\\s*[{\\[]\\s*[\"{}\\]]");
    private static final Pattern NOISE = Pattern.compile("\\s*\\n\\s*at \\[Source.*|\\s+", Pattern.DOTALL);

    private final JsonParser parser;

    private DocumentReader(JsonParser parser) {
        this.parser = parser;
    }

    /** Every document of the text that is not empty, in order. */
    static List<Node> read(String text) {
        if (text.length() > MAX_BYTES || text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw new InvalidDocumentException(Mark.START, "document", text.length() + " characters", "at most 1 MiB");
        }
        TokenStreamFactory format = LOOKS_LIKE_JSON.matcher(text).find() ? JSON : YAML;
        try (JsonParser parser = format.createParser(ObjectReadContext.empty(), text)) {
            return new DocumentReader(parser).documents();
        } catch (JacksonException e) {
            throw malformed(e);
        }
    }

    private List<Node> documents() {
        List<Node> documents = new ArrayList<>();
        while (parser.nextToken() != null) {
            Node document = node("document");
            boolean empty = document instanceof Node.Scalar scalar && scalar.kind() == Node.Kind.NULL;
            if (!empty) {
                documents.add(document);
            }
        }
        return documents;
    }

    private Node node(String path) {
        Mark at = here();
        refuseAnchor(path, at);
        return switch (parser.currentToken()) {
            case START_OBJECT -> mapping(path, at);
            case START_ARRAY -> sequence(path, at);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Node.Scalar(parser.getString(), Node.Kind.NUMBER, at);
            case VALUE_TRUE, VALUE_FALSE -> new Node.Scalar(parser.getString(), Node.Kind.BOOLEAN, at);
            case VALUE_NULL -> new Node.Scalar("", Node.Kind.NULL, at);
            default -> new Node.Scalar(parser.getString(), Node.Kind.STRING, at);
        };
    }

    private Node mapping(String path, Mark at) {
        Map<String, Node.Field> fields = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            Mark nameAt = here();
            String fieldPath = Section.join(path, name);
            if (fields.containsKey(name)) {
                throw new InvalidDocumentException(nameAt, fieldPath, "given twice", "each field once");
            }
            parser.nextToken();
            fields.put(name, new Node.Field(nameAt, node(fieldPath)));
        }
        return new Node.Mapping(fields, at);
    }

    private Node sequence(String path, Mark at) {
        List<Node> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(node(path + "[" + items.size() + "]"));
        }
        return new Node.Sequence(items, at);
    }

    private void refuseAnchor(String path, Mark at) {
        boolean alias = parser instanceof YAMLParser yaml && yaml.isCurrentAlias();
        if (alias || parser.getObjectId() != null) {
            throw new InvalidDocumentException(at, path, "an anchor or alias", "plain values; anchors are not read");
        }
    }

    private Mark here() {
        return mark(parser.currentTokenLocation());
    }

    private static Mark mark(@Nullable TokenStreamLocation location) {
        return location == null
                ? Mark.START
                : new Mark(Math.max(1, location.getLineNr()), Math.max(1, location.getColumnNr()));
    }

    private static InvalidDocumentException malformed(JacksonException e) {
        String what = Optional.ofNullable(e.getOriginalMessage()).orElse("cannot be read");
        String line = NOISE.matcher(what.replaceFirst("(?s)\\n?\\s*in (reader|'reader').*", ""))
                .replaceAll(" ")
                .strip();
        return new InvalidDocumentException(mark(e.getLocation()), "document", line, "well-formed YAML or JSON");
    }
}
