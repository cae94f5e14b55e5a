package io.signalbox.mesh.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.store.LocalStore;
import io.signalbox.mesh.time.ManualTime;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The command as a person runs it; an interrupt stands for Ctrl+C. */
final class ControlPlaneCommandTest {

    private static final int PATIENCE = 20;

    @TempDir
    private Path folder;

    private final Terminal terminal = new Terminal();

    @BeforeEach
    void leaveWordInAFolderOfItsOwn() {
        terminal.environment.put("XDG_RUNTIME_DIR", folder.resolve("run").toString());
    }

    @Test
    void itSaysWhereItServesUntilItIsStopped() throws Exception {
        PipedWriter pipe = new PipedWriter();
        terminal.writeTo(pipe);
        CompletableFuture<Integer> status = new CompletableFuture<>();
        Path data = folder.resolve("data");
        try (BufferedReader out = new BufferedReader(new PipedReader(pipe))) {
            Thread command = Thread.ofVirtual()
                    .start(() -> status.complete(
                            terminal.run("control-plane", "--listen", "127.0.0.1:0", "--data", data.toString())));

            assertThat(out.readLine())
                    .matches("ready control-plane=http://127\\.0\\.0\\.1:\\d+ token-file=" + data.resolve("token"));
            command.interrupt();
            assertThat(status.get(PATIENCE, TimeUnit.SECONDS)).isEqualTo(ExitStatus.INTERRUPTED);
        }
        assertThat(terminal.errors()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0:9090", "[::]:9090"})
    void onEveryAddressItAsksByWhichNameOthersCallIt(String listen) {
        assertThat(terminal.run("control-plane", "--listen", listen, "--data", folder.toString()))
                .isEqualTo(ExitStatus.USAGE);
        assertThat(terminal.errors().getFirst()).startsWith("signalbox: host: none (expected: --host NAME, by which");
    }

    @Test
    void anAddressThatIsNotThisMachinesIsRefused() {
        assertThat(terminal.run("control-plane", "--listen", "192.0.2.1:9090", "--data", folder.toString()))
                .isEqualTo(ExitStatus.UNAVAILABLE);
        assertThat(terminal.errors().getFirst()).startsWith("signalbox: listen: 192.0.2.1:9090 (expected: a");
    }

    @Test
    void halfACertificateIsRefused() {
        assertThat(terminal.run("control-plane", "--tls-cert", "c.pem", "--data", folder.toString()))
                .isEqualTo(ExitStatus.USAGE);
        assertThat(terminal.errors().getFirst()).contains("tls-key: none (expected: FILE");
    }

    @Test
    void inTlsItSaysWhoseRootToBelieve() throws Exception {
        PipedWriter pipe = new PipedWriter();
        terminal.writeTo(pipe);
        CompletableFuture<Integer> status = new CompletableFuture<>();
        Path data = folder.resolve("data");
        try (BufferedReader out = new BufferedReader(new PipedReader(pipe))) {
            Thread command = Thread.ofVirtual()
                    .start(() -> status.complete(terminal.run(
                            "control-plane", "--listen", "127.0.0.1:0", "--tls", "--data", data.toString())));

            assertThat(out.readLine())
                    .matches("ready control-plane=https://127\\.0\\.0\\.1:\\d+ token-file=" + data.resolve("token")
                            + " ca=" + data.resolve("ca.pem"));
            command.interrupt();
            assertThat(status.get(PATIENCE, TimeUnit.SECONDS)).isEqualTo(ExitStatus.INTERRUPTED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"9090", "localhost", "localhost:70000", ":1", "localhost:x"})
    void whatIsNoAddressIsRefused(String listen) {
        assertThat(terminal.run("control-plane", "--listen", listen, "--data", folder.toString()))
                .isEqualTo(ExitStatus.USAGE);
        assertThat(terminal.errors())
                .containsExactly("signalbox: listen: " + listen + " (expected: HOST:PORT, such as 127.0.0.1:9090)");
    }

    @Test
    void aTakenPortIsUnavailable() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String listen = "127.0.0.1:" + taken.getLocalPort();
            assertThat(terminal.run("control-plane", "--listen", listen, "--data", folder.toString()))
                    .isEqualTo(ExitStatus.UNAVAILABLE);
            assertThat(terminal.errors())
                    .containsExactly(
                            "signalbox: listen: " + listen + " (expected: a free port; another program listens there)");
        }
    }

    @Test
    void aBackupIsPutBackElsewhere() {
        ManualTime time = new ManualTime();
        Path data = folder.resolve("data");
        Path file = folder.resolve("mesh.db");
        Path other = folder.resolve("other");
        LocalStore.open(data, time, time).close();

        assertThat(terminal.run("backup", file.toString(), "--data", data.toString()))
                .isZero();
        assertThat(terminal.run("restore", file.toString(), "--data", other.toString()))
                .isZero();

        assertThat(terminal.lines())
                .containsExactly(file + " holds what " + data + " keeps", other + " holds what " + file + " kept");
        assertThat(other.resolve("store.db")).isRegularFile();
        assertThat(terminal.run("backup", file.toString(), "--data", data.toString()))
                .isEqualTo(ExitStatus.FAILED);
        assertThat(terminal.errors())
                .containsExactly(
                        "signalbox: " + file + ".keys is not there: unless its keys are put into " + other
                                + " before a control plane starts there, it has another root, and no sidecar believes"
                                + " it",
                        "signalbox: file: " + file + " (expected: one that is not there yet)");
    }

    @Test
    void aFolderIsAskedForWhereTheBackupIsOfOne() {
        assertThat(terminal.run("backup", folder.resolve("mesh.db").toString())).isEqualTo(ExitStatus.USAGE);
        assertThat(terminal.errors().getFirst())
                .isEqualTo("signalbox: data: none (expected: --data DIR, the folder of the control plane)");
    }

    @Test
    void nothingIsReplacedInAFolder() {
        assertThat(terminal.run("restore", "mesh.db", "--replace", "--data", folder.toString()))
                .isEqualTo(ExitStatus.USAGE);
        assertThat(terminal.errors().getFirst())
                .isEqualTo("signalbox: replace: given (expected: --store etcd with it, or none)");
    }

    @Test
    void theCommandLineOfOneLongRunningCommandAloneIsThatOfAll() {
        for (String word : List.of("control-plane", "sidecar")) {
            CommandLine alone = terminal.commandLineOf(word).orElseThrow();
            assertThat(alone.getSubcommands()).containsOnlyKeys(word);
            assertThat(usage(alone, word)).isEqualTo(usage(terminal.commandLine(), word));
            assertThat(alone.execute(word, "--no-such")).isEqualTo(ExitStatus.USAGE);
            assertThat(alone.getColorScheme().ansi())
                    .isEqualTo(terminal.commandLine().getColorScheme().ansi());
        }
        assertThat(terminal.commandLineOf("get")).isEmpty();
        assertThat(terminal.errors()).contains("signalbox: Missing required option: '--data=DIR'");
    }

    @Test
    void keysAreInABackupOnlyWhenAskedForAndItSaysSo() throws IOException {
        ManualTime time = new ManualTime();
        Path data = folder.resolve("data");
        Path file = folder.resolve("mesh.db");
        Path other = folder.resolve("other");
        LocalStore.open(data, time, time).close();
        Files.writeString(data.resolve("ca-key.pem"), "the key");
        Files.writeString(data.resolve("token"), "the token");

        assertThat(terminal.run("backup", file.toString(), "--data", data.toString()))
                .isZero();
        assertThat(terminal.errors())
                .singleElement()
                .asString()
                .startsWith("signalbox: NOT in " + file + ": ca-key.pem, token. ")
                .contains("--with-keys");
        assertThat(Files.exists(folder.resolve("mesh.db.keys"))).isFalse();

        Path whole = folder.resolve("whole.db");
        assertThat(terminal.run("backup", whole.toString(), "--with-keys", "--data", data.toString()))
                .isZero();
        Path keys = folder.resolve("whole.db.keys");
        assertThat(Files.getPosixFilePermissions(keys)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(terminal.run("restore", whole.toString(), "--data", other.toString()))
                .isZero();
        assertThat(other.resolve("ca-key.pem")).hasContent("the key");
        assertThat(other.resolve("token")).hasContent("the token");
        assertThat(Files.getPosixFilePermissions(other.resolve("ca-key.pem")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(terminal.errors()).hasSize(1);
    }

    @Test
    void keysThatAreThereAreNotOverwritten() throws IOException {
        ManualTime time = new ManualTime();
        Path data = folder.resolve("data");
        Path file = folder.resolve("mesh.db");
        Path other = Files.createDirectory(folder.resolve("other"));
        LocalStore.open(data, time, time).close();
        Files.writeString(data.resolve("ca-key.pem"), "the key");
        Files.writeString(other.resolve("ca-key.pem"), "another key");
        assertThat(terminal.run("backup", file.toString(), "--with-keys", "--data", data.toString()))
                .isZero();

        assertThat(terminal.run("restore", file.toString(), "--data", other.toString()))
                .isEqualTo(ExitStatus.FAILED);

        assertThat(terminal.errors())
                .containsExactly(
                        "signalbox: keys: " + other.resolve("ca-key.pem") + " (expected: one that is not there yet)");
        assertThat(other.resolve("ca-key.pem")).hasContent("another key");
        assertThat(other.resolve("store.db")).doesNotExist();
    }

    @Test
    void keysOfAStoreThatIsNotPutBackAreTakenAway() throws IOException {
        ManualTime time = new ManualTime();
        Path data = folder.resolve("data");
        Path file = folder.resolve("mesh.db");
        Path other = folder.resolve("other");
        LocalStore.open(data, time, time).close();
        LocalStore.open(other, time, time).close();
        Files.writeString(data.resolve("ca-key.pem"), "the key");
        assertThat(terminal.run("backup", file.toString(), "--with-keys", "--data", data.toString()))
                .isZero();

        assertThat(terminal.run("restore", file.toString(), "--data", other.toString()))
                .isEqualTo(ExitStatus.FAILED);

        assertThat(terminal.errors()).singleElement().asString().contains("store.db");
        assertThat(other.resolve("ca-key.pem")).doesNotExist();
    }

    @Test
    void keysThatCannotBeReadHinderNoBackupWithoutThem() throws IOException {
        ManualTime time = new ManualTime();
        Path data = folder.resolve("data");
        LocalStore.open(data, time, time).close();
        Files.createDirectory(data.resolve("ca-key.pem"));

        assertThat(terminal.run("backup", folder.resolve("mesh.db").toString(), "--data", data.toString()))
                .isZero();
        assertThat(terminal.errors()).singleElement().asString().contains(": ca-key.pem. ");
    }

    @Test
    void aFolderThatCannotBeOneIsNamed() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThat(terminal.run("control-plane", "--listen", "127.0.0.1:0", "--data", file.toString()))
                .isEqualTo(ExitStatus.FAILED);
        assertThat(terminal.errors()).hasSize(1);
        assertThat(terminal.errors().getFirst())
                .startsWith("signalbox: data: " + file + " (expected: a folder where this user may write");
    }

    private static String usage(CommandLine line, String word) {
        return Objects.requireNonNull(line.getSubcommands().get(word)).getUsageMessage();
    }
}
