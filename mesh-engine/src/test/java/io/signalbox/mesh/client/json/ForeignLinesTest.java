package io.signalbox.mesh.client.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;

final class ForeignLinesTest {

    record Told(String name, String mend, List<String> all) {}

    @Test
    void aNameOfAMillionCharactersIsCut() {
        Told told = read("L".repeat(1_000_000), "", "x");

        assertThat(told.name()).hasSize(1_024).endsWith("L…");
    }

    @Test
    void aPolicyStaysWhole() {
        String policy = "kind: TrafficPolicy\\n".repeat(100);

        assertThat(read("a", policy, "x").mend()).isEqualTo(policy.replace("\\n", "\n"));
    }

    @Test
    void whatTurnsWritingOrMovesACursorIsShownAsUnreadable() {
        Told told = read("\\u202epay\\u001b[31m", "", "\\u0007bell");

        assertThat(told.name()).isEqualTo("\uFFFDpay\uFFFD[31m");
        assertThat(told.all()).containsExactly("\uFFFDbell");
    }

    @Test
    void textsOfMapsAreCutToo() {
        Map<String, String> told =
                Json.readShown("{\"a\":\"" + "L".repeat(5_000) + "\"}", new TypeReference<Map<String, String>>() {});

        assertThat(told.get("a")).hasSize(1_024);
    }

    private static Told read(String name, String mend, String one) {
        return Json.readShown(
                "{\"name\":\"%s\",\"mend\":\"%s\",\"all\":[\"%s\"]}".formatted(name, mend, one), Told.class);
    }
}
