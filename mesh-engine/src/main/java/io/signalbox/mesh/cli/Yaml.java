package io.signalbox.mesh.cli;

import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.model.PlainText;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** What {@code -o yaml} writes: the same as JSON, in YAML, without characters that drive a terminal. */
final class Yaml {

    private static final YAMLMapper MAPPER = new YAMLMapper();

    private Yaml() {}

    static String text(Object value) {
        return PlainText.lines(MAPPER.writeValueAsString(Json.plain(value)));
    }
}
