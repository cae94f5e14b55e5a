package io.signalbox.mesh.client.json;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.ser.std.StdScalarSerializer;

/**
 * A JSON document within another, as a string: whoever passes it on need not read it.
 *
 * @param text empty for none
 */
public record JsonText(String text) {

    static final class Writer extends StdScalarSerializer<JsonText> {

        Writer() {
            super(JsonText.class);
        }

        @Override
        public void serialize(JsonText value, JsonGenerator out, SerializationContext context) {
            out.writeString(value.text());
        }
    }

    static final class Reader extends StdScalarDeserializer<JsonText> {

        Reader() {
            super(JsonText.class);
        }

        @Override
        public JsonText deserialize(JsonParser parser, DeserializationContext context) {
            return new JsonText(parser.getValueAsString(""));
        }
    }
}
