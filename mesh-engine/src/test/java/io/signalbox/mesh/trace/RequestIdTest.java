package io.signalbox.mesh.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestIdTest {

    private final SplittableRandom random = new SplittableRandom(3);

    @Test
    void theSendersIdIsKept() {
        String id = "order/7:" + "x".repeat(192);

        assertThat(RequestId.keptOrNew(FakeHeaders.of("x-request-id", id), random))
                .isEqualTo(id);
    }

    @Test
    void withoutOneARandomUuidIsMade() {
        UUID id = UUID.fromString(RequestId.keptOrNew(FakeHeaders.of(), random));

        assertThat(id.version()).isEqualTo(4);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(RequestId.keptOrNew(FakeHeaders.of(), random)).isNotEqualTo(id.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "tab\there", "café", "line\nbreak", "\u007f"})
    void anIdThatCouldSpoilALogIsReplaced(String id) {
        assertThat(RequestId.keptOrNew(FakeHeaders.of("X-Request-ID", id), random))
                .isNotEqualTo(id);
    }

    @Test
    void anIdOver200CharactersIsReplaced() {
        assertThat(RequestId.keptOrNew(FakeHeaders.of("X-Request-ID", "x".repeat(201)), random))
                .hasSize(36);
    }
}
