package io.signalbox.mesh.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenCommandsTest {

    private final Terminal terminal = new Terminal();

    @TempDir
    private Path folder;

    @Test
    void theTokenStandsAloneOnTheOutputSoItCanBePiped() {
        assertThat(terminal.run("token", "create", "--scope", "operate", "--for", "8h", "--reason", "deploys"))
                .isEqualTo(ExitStatus.DONE);

        assertThat(terminal.lines()).containsExactly(FakeTrust.SECRET);
        assertThat(terminal.errors())
                .singleElement()
                .asString()
                .startsWith("token ci: operate, until ")
                .endsWith("not shown again");
        assertThat(terminal.mesh.asked).containsExactly("create - operate PT8H MANY by mira deploys");
    }

    @Test
    void intoAFileItIsForItsOwnerAlone() throws Exception {
        Path file = folder.resolve("ci.token");

        terminal.run(
                "token",
                "create",
                "--scope",
                "sidecar:cart",
                "--for",
                "10m",
                "--name",
                "cart-1",
                "--once",
                "--out",
                file.toString());

        assertThat(terminal.lines()).isEmpty();
        assertThat(file).hasContent(FakeTrust.SECRET);
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(terminal.mesh.asked).containsExactly("create cart-1 sidecar:cart PT10M ONCE by mira ");
    }

    @ParameterizedTest
    @CsvSource({
        "--scope root --for 1h, scope: root (expected: read | operate | admin | sidecar:SERVICE)",
        "--scope read --for soon, for: soon (expected: a duration",
        "--scope read --for 1h --once, scope: read (expected: sidecar:SERVICE",
        "--scope read, for: nothing (expected: how long, such as 8h)"
    })
    void aWrongRequestIsRefusedBeforeAnythingIsAsked(String arguments, String message) {
        assertThat(terminal.run(("token create " + arguments).split(" "))).isEqualTo(ExitStatus.USAGE);

        assertThat(terminal.errors().getFirst()).contains(message);
        assertThat(terminal.mesh.asked).isEmpty();
    }

    @Test
    void aTokenForOneCertificateIsGoodForAnHourUnlessToldOtherwise() {
        assertThat(terminal.run("token", "create", "--scope", "sidecar:cart", "--once"))
                .isEqualTo(ExitStatus.DONE);

        assertThat(terminal.mesh.asked).singleElement().asString().contains("sidecar:cart PT1H ONCE");
    }

    @Test
    void theRootIsRolledAndShown() {
        assertThat(terminal.run("ca", "roll", "--overlap", "1h", "--reason", "yearly"))
                .isEqualTo(ExitStatus.DONE);
        assertThat(terminal.mesh.asked).singleElement().asString().matches("roll PT1H by .* yearly");
        assertThat(terminal.lines()).singleElement().asString().contains("the holders of 3 certificates");

        terminal.run("ca", "status");
        assertThat(terminal.lines().getLast()).isEqualTo("no roll is under way");
    }

    @Test
    void anIdentityIsRevokedListedAndRestored() {
        terminal.run("identity", "revoke", "cart", "--reason", "stolen");
        terminal.run("identity", "list");
        terminal.run("identity", "restore", "cart");

        assertThat(terminal.mesh.asked).hasSize(2);
        assertThat(terminal.mesh.asked.getFirst())
                .startsWith("revoke identity cart by ")
                .endsWith(" stolen");
        assertThat(terminal.mesh.asked.getLast()).startsWith("restore identity cart by ");
    }

    @Test
    void theListShowsStatesAndNoSecret() {
        terminal.run("token", "list");

        assertThat(terminal.lines().getFirst()).matches("NAME +SCOPE +STATE +USES +UNTIL +BY +REASON");
        assertThat(terminal.lines().get(2)).contains("ci", "operate", "expired", "many", "mira", "deploys");
        assertThat(terminal.out()).doesNotContain(FakeTrust.SECRET);
    }

    @Test
    void aTokenIsRevokedByItsName() {
        assertThat(terminal.run("token", "revoke", "ci", "--reason", "lost")).isEqualTo(ExitStatus.DONE);

        assertThat(terminal.lines()).containsExactly("token ci is revoked");
        assertThat(terminal.mesh.asked).containsExactly("revoke ci by mira lost");
    }
}
