package io.signalbox.mesh.config;

import io.signalbox.mesh.model.TrafficPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/**
 * Traffic policies as documents of {@code signalbox.io/v1}, in YAML or JSON.
 *
 * <p>A document is read whole or refused whole with {@link InvalidDocumentException}. What is written is complete: it
 * names every value that holds, so reading it again gives an equal policy under any later default.
 */
public final class PolicyFormat {

    public static final String API_VERSION = "signalbox.io/v1";
    public static final String KIND = "TrafficPolicy";

    private static final ObjectMapper YAML = YAMLMapper.builder(YAMLFactory.builder()
                    .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
                    .disable(YAMLWriteFeature.SPLIT_LINES)
                    .enable(YAMLWriteFeature.MINIMIZE_QUOTES)
                    .enable(YAMLWriteFeature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
                    .enable(YAMLWriteFeature.INDENT_ARRAYS_WITH_INDICATOR)
                    .build())
            .build();
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private PolicyFormat() {}

    /** Reads every document of the text, in order; at least one. */
    public static List<TrafficPolicy> readAll(String text) {
        return readAll(text, false);
    }

    private static List<TrafficPolicy> readAll(String text, boolean stored) {
        List<Node> documents = DocumentReader.read(text);
        if (documents.isEmpty()) {
            throw new InvalidDocumentException(Mark.START, Section.ROOT, "empty", "a " + KIND + " document");
        }
        return documents.stream()
                .map(document -> PolicyReader.read(document, stored))
                .toList();
    }

    /** Reads the text's only document. */
    public static TrafficPolicy read(String text) {
        return read(text, false);
    }

    /**
     * Reads the only document of a text that a mesh accepted before: what was refused only later is no reason not to go on
     * with it.
     */
    public static TrafficPolicy readStored(String text) {
        return read(text, true);
    }

    private static TrafficPolicy read(String text, boolean stored) {
        List<Node> documents = DocumentReader.read(text);
        if (documents.size() > 1) {
            throw new InvalidDocumentException(
                    documents.get(1).at(), Section.ROOT, documents.size() + " documents", "one document");
        }
        return readAll(text, stored).getFirst();
    }

    /** The JSON Schema of a document, for editors; it says of shapes and ranges what a schema can. */
    public static String schema() {
        try (InputStream in =
                Objects.requireNonNull(PolicyFormat.class.getResourceAsStream("traffic-policy.schema.json"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String yaml(TrafficPolicy policy) {
        return YAML.writeValueAsString(PolicyTree.of(policy));
    }

    public static String json(TrafficPolicy policy) {
        return JSON.writeValueAsString(PolicyTree.of(policy));
    }
}
