package io.signalbox.mesh.client.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WholeTest {

    record Leaf(String name, @Nullable String note) {}

    record Tree(Leaf first, List<Leaf> all, Map<String, Leaf> named) {}

    @Test
    void whatMayBeMissingIsNotMissed() {
        Tree tree = Json.readWhole("""
            {"first":{"name":"a"},"all":[{"name":"b"}],"named":{"c":{"name":"c","note":null}}}
            """, Tree.class);

        assertThat(tree.all()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"all":[],"named":{}}                                              | first
        {"first":{"name":null},"all":[],"named":{}}                        | first.name
        {"first":{"name":"a"},"named":{}}                                  | all
        {"first":{"name":"a"},"all":[{"name":"b"},{}],"named":{}}          | all[1].name
        {"first":{"name":"a"},"all":[null],"named":{}}                     | all[0]
        {"first":{"name":"a"},"all":[],"named":{"c":{"note":"n"}}}         | named[0].name
        """)
    void whatMissesAPartIsRefusedByItsPath(String json, String path) {
        assertThatThrownBy(() -> Json.readWhole(json, Tree.class))
                .isInstanceOf(MalformedJsonException.class)
                .hasMessageContaining(path + ": nothing (expected: a value)");
    }
}
