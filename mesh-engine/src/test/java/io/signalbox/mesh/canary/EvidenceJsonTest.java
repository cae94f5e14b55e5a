package io.signalbox.mesh.canary;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.client.json.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Evidence is kept in a store while a rollout lasts, as plain records are written and read. */
class EvidenceJsonTest {

    private final JsonMapper mapper = new JsonMapper();

    @Test
    void evidenceIsTheSameAfterItWasWrittenAndRead() {
        assertThat(mapper.readValue(mapper.writeValueAsString(gathered()), Evidence.class))
                .isEqualTo(gathered());
        assertThat(mapper.readValue(mapper.writeValueAsString(Evidence.none()), Evidence.class))
                .isEqualTo(Evidence.none());
    }

    @Test
    void theOrderOfKeysDoesNotMatter() {
        JsonNode turned = turned(mapper.readTree(mapper.writeValueAsString(gathered())));
        assertThat(mapper.treeToValue(turned, Evidence.class)).isEqualTo(gathered());
    }

    @Test
    void keptEvidenceIsSmall() {
        assertThat(mapper.writeValueAsString(gathered())).hasSizeLessThan(8_000);
    }

    @Test
    void windowsAndCriteriaAreReadAsTheyWereWritten() {
        Window window = window();
        assertThat(mapper.readValue(mapper.writeValueAsString(window), Window.class))
                .isEqualTo(window);
        assertThat(mapper.readValue(mapper.writeValueAsString(Criteria.DEFAULT), Criteria.class))
                .isEqualTo(Criteria.DEFAULT);
    }

    @Test
    void aVerdictIsReadByItsKind() {
        Verdict verdict = CanaryDecision.decide(gathered(), Criteria.DEFAULT);
        assertThat(Json.read(Json.text(verdict), verdict.getClass())).isEqualTo(verdict);
    }

    private static Evidence gathered() {
        Evidence evidence = Evidence.none();
        for (int i = 0; i < 50; i++) {
            evidence = evidence.plus(window(), Criteria.DEFAULT);
        }
        return evidence;
    }

    private static Window window() {
        Latencies.Counter latency = new Latencies.Counter();
        for (int i = 0; i < 100; i++) {
            latency.add(1_000_000L << i % 10, 3);
        }
        return new Window(
                Duration.ofSeconds(10), new Slice(900, 7, latency.total()), new Slice(100, 1, latency.total()));
    }

    private JsonNode turned(JsonNode node) {
        if (node instanceof ArrayNode array) {
            ArrayNode same = mapper.createArrayNode();
            array.forEach(element -> same.add(turned(element)));
            return same;
        }
        if (!(node instanceof ObjectNode object)) {
            return node;
        }
        ObjectNode turned = mapper.createObjectNode();
        List<String> names = new ArrayList<>(object.propertyNames());
        for (String name : names.reversed()) {
            turned.set(name, turned(object.get(name)));
        }
        return turned;
    }
}
