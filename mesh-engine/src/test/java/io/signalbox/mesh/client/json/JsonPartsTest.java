package io.signalbox.mesh.client.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class JsonPartsTest {

    @Test
    void eachPartIsSmallEnoughAndNothingIsLostOrMoved() {
        List<String> all = List.of("a".repeat(40), "b".repeat(40), "ü".repeat(40), "d", "e".repeat(200), "f");

        List<List<String>> parts = JsonParts.of(all, 100);

        assertThat(parts.stream().flatMap(List::stream)).containsExactlyElementsOf(all);
        assertThat(parts).extracting(List::size).containsExactly(2, 2, 1, 1);
    }

    @Test
    void nothingIsNoPart() {
        assertThat(JsonParts.of(List.of(), 100)).isEmpty();
    }
}
