package io.signalbox.mesh.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonLeavesTest {

    @Test
    void leavesAreFoundByTheirPointer() {
        assertThat(JsonLeaves.of(
                        " { \"a/b\": [ 1, {\"c~d\": \"x\\\"y\"}, [] ], \"e\": {}, \"f\": null, \"g\": -1.5e3 } "))
                .isEqualTo(Map.of(
                        "/a~1b/0",
                        "1",
                        "/a~1b/1/c~0d",
                        "\"x\\\"y\"",
                        "/a~1b/2",
                        "[]",
                        "/e",
                        "{}",
                        "/f",
                        "null",
                        "/g",
                        "-1.5e3"));
        assertThat(JsonLeaves.of("\"alone\"")).isEqualTo(Map.of("", "\"alone\""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[",
                "{]",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "[1,]",
                "[1 2]",
                "{a:1}",
                "\"open",
                "\"a\\",
                "tru",
                "1x",
                "- -",
                "{\"a\":1} x",
                "<html></html>",
                "\"line\nbreak\"",
                "nul"
            })
    void whatIsNoJsonHasNone(String text) {
        assertThat(JsonLeaves.of(text)).isNull();
    }

    @Test
    void whatIsTooDeepOrTooLongIsNotLookedAt() {
        assertThat(JsonLeaves.of("[".repeat(50_000) + "]".repeat(50_000))).isNull();
        assertThat(JsonLeaves.of("[" + "1,".repeat(3_000) + "1]")).isNull();
    }

    @Test
    void aLongNameIsNotRepeatedForEachLeafBelowIt() {
        assertThat(JsonLeaves.of("{\"" + "n".repeat(500) + "\":[1,2]}")).hasSize(2);
        String amplified = "{\"" + "n".repeat(60_000) + "\":[" + "1,".repeat(1_500) + "1]}";
        assertThat(JsonLeaves.of(amplified) == null).as("not looked at").isTrue();
    }

    @Test
    void whateverIsDamagedIsReadOrNotButEnds() {
        Random random = new Random(9122);
        String whole = "{\"a\":[1,2,{\"b\":\"c\\u00e9\"}],\"d\":true,\"e\":{\"f\":null}}";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder(whole);
            for (int j = random.nextInt(4); j >= 0; j--) {
                text.setCharAt(random.nextInt(text.length()), "{}[]:,\"\\ 1tn".charAt(random.nextInt(12)));
            }
            Map<String, String> leaves = JsonLeaves.of(text.toString());
            assertThat(leaves == null || !leaves.isEmpty()).isTrue();
        }
    }
}
