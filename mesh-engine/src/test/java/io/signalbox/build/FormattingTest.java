package io.signalbox.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FormattingTest {

    private static final String BADLY_LAID_OUT = """
        package a;
        import java.util.Map;
        import java.util.List;
        class A { List<String>   names ; }
        """;

    private static final String WELL_LAID_OUT = """
        package a;

        import java.util.List;

        class A {
            List<String> names;
        }
        """;

    private final HouseFormat format = new HouseFormat();

    @TempDir
    private Path folder;

    @Test
    void everySourceFileIsInTheHouseFormat() {
        var tree = SourceTree.ofThisBuild();

        assertThat(tree.javaFiles()).as("Java sources under %s", tree.root()).isNotEmpty();
        assertThat(format.unformatted(tree.javaFiles()))
                .as("files to rewrite with: mvn -q -pl mesh-engine test-compile exec:exec@format")
                .isEmpty();
    }

    @Test
    void badLayoutIsFoundAndRewritten() throws IOException {
        var file = Files.writeString(folder.resolve("A.java"), BADLY_LAID_OUT);

        assertThat(format.unformatted(List.of(file))).containsExactly(file);

        format.rewrite(file);
        assertThat(file).hasContent(WELL_LAID_OUT);
        assertThat(format.unformatted(List.of(file))).isEmpty();
    }

    @Test
    void patternSwitchesAndUnnamedVariablesAreUnderstood() {
        var source = """
            package a;

            class A {
                int f(Object o) {
                    return switch (o) {
                        case String _ -> 1;
                        default -> 2;
                    };
                }
            }
            """;

        assertThat(format.apply(source)).isEqualTo(source);
    }

    @Test
    void textThatIsNotJavaIsRefusedByName() throws IOException {
        var file = Files.writeString(folder.resolve("B.java"), "class {");

        assertThatThrownBy(() -> format.unformatted(List.of(file))).hasMessageContaining("B.java");
    }
}
