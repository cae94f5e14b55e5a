package io.signalbox.mesh.client.json;

import io.signalbox.mesh.model.PlainText;
import java.util.Set;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdScalarDeserializer;

/**
 * Text that a control plane tells and that people will read: {@link PlainText#lines}, at most {@value #LONGEST} characters,
 * and {@value #LONGEST_DOCUMENT} where it is a document. What is longer ends in {@code …}.
 */
final class ForeignLines extends StdScalarDeserializer<String> {

    private static final int LONGEST = 1_024;
    private static final int LONGEST_DOCUMENT = 65_536;

    /** Fields that hold a policy or its changes. */
    private static final Set<String> DOCUMENTS = Set.of("change", "mend");

    ForeignLines() {
        super(String.class);
    }

    @Override
    public String deserialize(JsonParser parser, DeserializationContext context) {
        String field = parser.currentName();
        int longest = field != null && DOCUMENTS.contains(field) ? LONGEST_DOCUMENT : LONGEST;
        String text = parser.getValueAsString("");
        return PlainText.lines(text.length() <= longest ? text : text.substring(0, longest - 1) + "…");
    }
}
