package io.signalbox.mesh.client.json;

import io.signalbox.mesh.model.PlainText;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdScalarDeserializer;

/** Text that somebody else chose and that people will read: {@link PlainText}, and at most {@value #LONGEST} characters. */
final class ForeignText extends StdScalarDeserializer<String> {

    private static final int LONGEST = 1_024;

    ForeignText() {
        super(String.class);
    }

    @Override
    public String deserialize(JsonParser parser, DeserializationContext context) {
        String text = parser.getValueAsString("");
        return PlainText.of(text.length() <= LONGEST ? text : text.substring(0, LONGEST));
    }
}
