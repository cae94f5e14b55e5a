package io.signalbox.mesh.client.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of a list that is shown no more is read than was asked for. */
final class ShownListsTest {

    record One(int number, String name) {}

    @Test
    void whatFollowsTheLastThatIsWantedIsNotLookedAt() {
        assertThat(Json.readShown("""
            [{"number":1,"name":"a"},{"number":2,"name":"b"},{"number":"defect"}]
            """, One.class, 2)).containsExactly(new One(1, "a"), new One(2, "b"));
    }

    @Test
    void aShorterListIsReadWhole() {
        assertThat(Json.readShown("[]", One.class, 2)).isEmpty();
        assertThat(Json.readShown("[{\"number\":1,\"name\":\"a\"}]", One.class, 2))
                .containsExactly(new One(1, "a"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"number":1,"name":"a"}           | expected:
        null                              | a JSON object
        [null]                            | column 2: document: missing or of another type
        [{"number":1}]                    | [0].name: nothing (expected: a value)
        [{"number":1,"name":"a"}          | well-formed JSON
        [{"number":"x","name":"a"}]       | number: x (expected:
        """)
    void whatIsNoSuchListIsRefused(String json, String message) {
        assertThatThrownBy(() -> Json.readShown(json, One.class, 2))
                .isInstanceOf(MalformedJsonException.class)
                .hasMessageContaining(message);
    }
}
