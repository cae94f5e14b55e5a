package io.signalbox.mesh.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.client.json.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.type.TypeReference;

final class JsonLogTest {

    @TempDir
    private Path folder;

    private final Terminal terminal = new Terminal();
    private final Map<Handler, Formatter> formatters = new HashMap<>();

    @BeforeEach
    void remember() {
        for (Handler handler : Logger.getLogger("").getHandlers()) {
            formatters.put(handler, handler.getFormatter());
        }
    }

    @AfterEach
    void giveBack() {
        formatters.forEach(Handler::setFormatter);
    }

    @Test
    void aRecordIsOneObjectOnOneLine() {
        LogRecord record = new LogRecord(Level.SEVERE, "{0} failed\nand {1}\u202e");
        record.setParameters(new Object[] {"catalog", "more"});
        record.setLoggerName("io.signalbox.mesh.Store");
        record.setThrown(new IllegalStateException("disk full"));
        record.setInstant(Fixtures.NOON);

        String line = new JsonLog().format(record);

        assertThat(line).endsWith("}\n").containsOnlyOnce("\n").doesNotContain("\u202e");
        Map<String, String> read = read(line);
        assertThat(read.keySet()).containsExactly("time", "level", "logger", "message", "error");
        assertThat(read)
                .containsEntry("time", Fixtures.NOON.toString())
                .containsEntry("level", "error")
                .containsEntry("logger", "io.signalbox.mesh.Store")
                .containsEntry("message", "catalog failed\nand more\uFFFD");
        assertThat(read.get("error"))
                .startsWith("java.lang.IllegalStateException: disk full\n")
                .contains("JsonLogTest");
    }

    @Test
    void withoutAnErrorThereIsNone() {
        LogRecord record = new LogRecord(Level.FINE, "quiet");

        assertThat(read(new JsonLog().format(record)))
                .containsEntry("level", "debug")
                .containsEntry("message", "quiet")
                .doesNotContainKey("error");
    }

    @Test
    void whatACommandSaysItselfIsSuchALineToo() {
        StringWriter out = new StringWriter();
        PrintWriter lines = JsonLog.warnings(new PrintWriter(out), () -> Fixtures.NOON);

        lines.print("away cart-1: ");
        lines.println("no answer");
        lines.println("trouble");

        assertThat(out.toString().lines().map(JsonLogTest::read))
                .extracting(line -> line.get("level") + " " + line.get("message"))
                .containsExactly("warning away cart-1: no answer", "warning trouble");
    }

    @Test
    void theOptionAndTheVariableAskForIt() {
        for (String how : List.of("option", "variable")) {
            Terminal asked = new Terminal();
            asked.environment.put("XDG_RUNTIME_DIR", folder.toString());
            if (how.equals("variable")) {
                asked.environment.put("SIGNALBOX_LOG_FORMAT", "json");
            }
            String[] command = {"control-plane", "--listen", "192.0.2.1:9090", "--data", folder.toString()};

            assertThat(how.equals("option") ? asked.run(with(command, "--log-format", "json")) : asked.run(command))
                    .isEqualTo(ExitStatus.UNAVAILABLE);

            assertThat(read(asked.errors().getFirst()))
                    .containsEntry("level", "error")
                    .hasEntrySatisfying("message", said -> assertThat(said).contains("listen: 192.0.2.1:9090"));
        }
        assertThat(Logger.getLogger("").getHandlers()).allMatch(handler -> handler.getFormatter() instanceof JsonLog);
    }

    @Test
    void argumentsThatCannotBeReadAreRefusedInSuchLinesToo() {
        for (String[] command : List.of(
                new String[] {"control-plane", "--log-format", "json", "--no-such-option"},
                new String[] {"sidecar", "--log-format=json"},
                new String[] {"control-plane"})) {
            Terminal asked = new Terminal();
            if (command.length == 1) {
                asked.environment.put("SIGNALBOX_LOG_FORMAT", "json");
            }

            assertThat(asked.run(command)).isEqualTo(ExitStatus.USAGE);

            assertThat(asked.errors())
                    .isNotEmpty()
                    .allSatisfy(line -> assertThat(read(line)).containsEntry("level", "error"));
        }
    }

    @Test
    void commandsThatEndByThemselvesRefuseInPlainText() {
        terminal.environment.put("SIGNALBOX_LOG_FORMAT", "json");

        assertThat(terminal.run("get", "--no-such-option")).isEqualTo(ExitStatus.USAGE);
        assertThat(terminal.errors().getFirst()).startsWith("signalbox: ");
    }

    @Test
    void anotherWordIsRefused() {
        terminal.environment.put("SIGNALBOX_LOG_FORMAT", "xml");

        assertThat(terminal.run("control-plane", "--data", folder.toString())).isEqualTo(ExitStatus.USAGE);
        assertThat(terminal.errors().getFirst())
                .isEqualTo("signalbox: SIGNALBOX_LOG_FORMAT: xml (expected: text | json)");
        assertThat(terminal.run("sidecar", "-f", "-", "--log-format", "xml")).isEqualTo(ExitStatus.USAGE);
    }

    private static String[] with(String[] command, String... more) {
        String[] all = new String[command.length + more.length];
        System.arraycopy(command, 0, all, 0, command.length);
        System.arraycopy(more, 0, all, command.length, more.length);
        return all;
    }

    private static Map<String, String> read(String line) {
        return Json.read(line, new TypeReference<>() {});
    }
}
