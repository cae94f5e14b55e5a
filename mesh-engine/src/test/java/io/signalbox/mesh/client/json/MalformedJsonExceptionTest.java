package io.signalbox.mesh.client.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.mesh.client.MeshException;
import io.signalbox.mesh.model.EdgeId;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;

final class MalformedJsonExceptionTest {

    @Test
    void whatSomebodyElseWroteTurnsNoTextAroundAndFillsNoScreen() {
        String name = "\u202e\u001b[31m" + "x".repeat(40_000);

        assertThatThrownBy(() -> Json.read(
                        "{\"" + Json.text(name).replace("\"", "") + "\": {\"source\": 1, \"destination\": []}}",
                        new TypeReference<Map<String, EdgeId>>() {}))
                .isInstanceOfSatisfying(
                        MalformedJsonException.class,
                        refused -> assertThat(refused.getMessage())
                                .hasSizeLessThan(1_000)
                                .contains("\ufffd\ufffd[31mxxx", "…")
                                .doesNotContain("\u202e", "\u001b"));
    }

    @Test
    void theRefusalOfAMeshIsPlainToo() {
        assertThat(new MeshException(MeshException.Kind.FAILED, "a\u202eb\n" + "x".repeat(100_000)))
                .message()
                .hasSizeLessThan(20_000)
                .startsWith("a\ufffdb\nxxx");
    }
}
