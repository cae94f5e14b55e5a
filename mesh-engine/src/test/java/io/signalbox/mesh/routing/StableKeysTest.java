package io.signalbox.mesh.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StableKeysTest {

    @Test
    void whatIsWrittenIsReadAgain() {
        SplittableRandom random = new SplittableRandom(15);
        StableKeys keys = StableKeys.NONE;
        for (int i = 0; i < 20; i++) {
            keys = keys.with(random.nextInt(), random.nextLong());
            assertThat(StableKeys.parse(keys.toString())).hasToString(keys.toString());
            assertThat(keys.toString()).hasSizeLessThanOrEqualTo(256).matches("[0-9a-f_]+");
        }
        assertThat(keys.toString().split("_")).hasSize(StableKeys.MOST);
    }

    @Test
    void aNewValueReplacesTheOldOneAndComesFirst() {
        StableKeys keys = StableKeys.NONE.with(1, 10).with(2, 20).with(1, 30);

        assertThat(keys).hasToString("00000001000000000000001e_000000020000000000000014");
        assertThat(keys.hash(1)).isEqualTo(30);
        assertThat(keys.has(3)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "00000001000000000000001",
                "00000001000000000000001E",
                "00000001000000000000001e_",
                "00000001000000000000001e-000000020000000000000014",
                "00000001000000000000001e_00000002000000000000001ü"
            })
    void whatIsMalformedIsNone(String text) {
        assertThat(StableKeys.parse(text).isEmpty()).isTrue();
        assertThat(StableKeys.parse((text + "_").repeat(50)).isEmpty()).isTrue();
    }
}
