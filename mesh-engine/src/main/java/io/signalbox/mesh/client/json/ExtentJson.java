package io.signalbox.mesh.client.json;

import io.signalbox.mesh.model.BreakerWindow.Extent;
import java.time.Duration;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ValueDeserializer;

/** What a circuit's window reaches over: {@code {"size": 100}} are calls, {@code {"size": "10s"}} is a time. */
final class ExtentJson extends ValueDeserializer<Extent> {

    @Override
    public Extent deserialize(JsonParser parser, DeserializationContext context) {
        JsonNode size = context.readTree(parser).path("size");
        return size.isInt()
                ? new Extent.Calls(size.intValue())
                : new Extent.Time(context.readTreeAsValue(size, Duration.class));
    }
}
