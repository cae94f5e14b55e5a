package io.signalbox.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisabledOnOs(OS.WINDOWS)
final class ScriptsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".ci/run",
                "signalbox",
                "packaging/build",
                "packaging/train",
                "packaging/smoke",
                "packaging/linux/deb",
                "bench/start-time",
                "bench/crash",
                "bench/heap",
                "bench/differential",
                "bench/fuzz",
                "bench/streaming",
                "bench/micro",
            })
    void everyScriptCanBeRunAndRead(String name) throws Exception {
        var script = SourceTree.ofThisBuild().root().resolve(name);
        var shell = Files.readAllLines(script).getFirst().endsWith("bash") ? "bash" : "sh";

        assertThat(Files.isExecutable(script)).as("%s is executable", name).isTrue();
        assertThat(complaintsOf(shell, script)).isEmpty();
    }

    private static String complaintsOf(String shell, Path script) throws Exception {
        var check = new ProcessBuilder(shell, "-n", script.toString())
                .redirectErrorStream(true)
                .start();
        var said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(check.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return said;
    }
}
