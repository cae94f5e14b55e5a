package io.signalbox.mesh.client.json;

import io.signalbox.mesh.model.DurationText;
import java.time.Duration;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;

/** Durations in the words of the policy format. */
final class DurationJson {

    private DurationJson() {}

    static final class Writer extends ValueSerializer<Duration> {
        @Override
        public void serialize(Duration value, JsonGenerator generator, SerializationContext context) {
            generator.writeString(DurationText.format(value));
        }
    }

    static final class Reader extends ValueDeserializer<Duration> {
        @Override
        public Duration deserialize(JsonParser parser, DeserializationContext context) {
            return DurationText.parse("duration", parser.getValueAsString(""));
        }
    }
}
