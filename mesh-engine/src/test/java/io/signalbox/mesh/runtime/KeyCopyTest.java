package io.signalbox.mesh.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class KeyCopyTest {

    @Test
    void itIsPrintedWithoutWhatItHolds() {
        assertThat(new KeyCopy(1, Map.of("ca-key.pem", "the key", "token", "the token")))
                .hasToString("KeyCopy[ca-key.pem, token]");
    }
}
