package io.signalbox.mesh.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.config.PolicyFormat;
import io.signalbox.mesh.model.TrafficPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PolicyFilesTest {

    private static final String CATALOG = """
        apiVersion: signalbox.io/v1
        kind: TrafficPolicy
        service: catalog
        timeout: 2s
        """;

    @TempDir
    private Path folder;

    private final Terminal terminal = new Terminal();

    @Test
    void applyPutsEveryDocumentOfAFileInForce() throws IOException {
        String file = file(CATALOG + "---\n" + CATALOG.replace("catalog", "payment"));

        assertThat(terminal.run("apply", "-f", file, "--reason", "lunch")).isZero();

        assertThat(terminal.mesh.asked)
                .containsExactly("put catalog by mira because lunch", "put payment by mira because lunch");
        assertThat(terminal.lines()).containsExactly("policy of catalog is rev 4", "policy of payment is rev 4");
    }

    @Test
    void aDryRunOnlyChecks() throws IOException {
        assertThat(terminal.run("apply", "--dry-run", "-f", file(CATALOG))).isZero();

        assertThat(terminal.mesh.asked).isEmpty();
        assertThat(terminal.lines()).containsExactly("policy of catalog is valid");
    }

    @Test
    void aRuleThatIsNeverReachedIsNotedInEveryApply() throws IOException {
        String file = file(CATALOG + "rules: [{ to: v1 }, { match: { path: /new }, to: v2 }]\n");
        String note =
                "note: unreachable-rule: policy of catalog: rules[1]: never reached, since rules[0] comes first and"
                        + " it takes everything; put rules[1] before rules[0], or take it out";

        assertThat(terminal.run("apply", "--dry-run", "-f", file)).isZero();
        assertThat(terminal.run("apply", "-f", file)).isZero();

        assertThat(terminal.lines())
                .containsExactly("policy of catalog is valid", note, note, "policy of catalog is rev 4");
    }

    @Test
    void aFileWithOneBadDocumentIsRefusedWhole() throws IOException {
        String file = file(CATALOG + "---\n" + CATALOG.replace("timeout: 2s", "timeout: soon"));

        assertThat(terminal.run("apply", "-f", file)).isEqualTo(ExitStatus.USAGE);

        assertThat(terminal.mesh.asked).isEmpty();
        assertThat(terminal.errors()).hasSize(1);
        assertThat(terminal.errors().getFirst())
                .startsWith("signalbox: " + file + ": line 9, column 10: timeout: soon (expected: ");
    }

    @Test
    void textThatIsNoYamlIsRefusedInOneLineWithItsPlace() throws IOException {
        assertThat(terminal.run("apply", "-f", file("service: [catalog\nkind: }")))
                .isEqualTo(ExitStatus.USAGE);

        assertThat(terminal.errors()).hasSize(1);
        assertThat(terminal.errors().getFirst()).containsPattern("policy\\.yaml: line \\d+, column \\d+: ");
    }

    @Test
    void aFileThatIsMissingIsNotFound() {
        Path missing = folder.resolve("missing.yaml");

        assertThat(terminal.run("diff", "-f", missing.toString())).isEqualTo(ExitStatus.NOT_FOUND);
        assertThat(terminal.errors())
                .containsExactly("signalbox: file: " + missing + " (expected: a file that exists)");
    }

    @Test
    void aFileThatIsNoTextIsRefused() throws IOException {
        Path file = Files.write(folder.resolve("policy.yaml"), new byte[] {(byte) 0xc3, (byte) 0x28});

        assertThat(terminal.run("apply", "-f", file.toString())).isEqualTo(ExitStatus.USAGE);
        assertThat(terminal.errors()).hasSize(1);
        assertThat(terminal.errors().getFirst()).contains("(expected: readable UTF-8 text)");
    }

    @Test
    void applyNeedsAFile() {
        assertThat(terminal.run("apply")).isEqualTo(ExitStatus.USAGE);
        assertThat(terminal.errors().getFirst()).contains("--file");
    }

    @Test
    void aFileThatSaysWhatHoldsMakesNoDifference() throws IOException {
        String same = PolicyFormat.yaml(TrafficPolicy.defaults("catalog"));

        assertThat(terminal.run("diff", "-f", file(same))).isZero();
        assertThat(terminal.out()).isEmpty();
    }

    @Test
    void aDifferenceIsShownByLinesAndInTheStatus() throws IOException {
        String file = file(CATALOG);

        assertThat(terminal.run("diff", "-f", file)).isEqualTo(ExitStatus.DID_NOT_HOLD);

        assertThat(terminal.lines())
                .startsWith("--- catalog rev 3", "+++ " + file)
                .contains("-timeout: 15s", "+timeout: 2s");
        assertThat(terminal.mesh.asked).isEmpty();
    }

    private String file(String text) throws IOException {
        return Files.writeString(folder.resolve("policy.yaml"), text).toString();
    }
}
