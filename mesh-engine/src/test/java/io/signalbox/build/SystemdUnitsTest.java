package io.signalbox.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The units are what systemd understands, and start what the package installs. */
final class SystemdUnitsTest {

    private static final String PROGRAM = "/opt/signalbox/bin/";
    private static final Pattern START = Pattern.compile("(?m)^ExecStart=(" + PROGRAM + "[a-z-]+) ");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"signalbox-control-plane.service", "signalbox-sidecar@.service"})
    void systemdHasNothingToSayOfIt(String unit) throws Exception {
        assumeTrue(isInstalled("systemd-analyze"), "systemd-analyze is not installed");
        Path file = folder.resolve(unit);
        Files.writeString(file, text(unit).replaceAll(START.pattern(), "ExecStart=/bin/sh "));

        Process verify = new ProcessBuilder("systemd-analyze", "verify", "--man=no", file.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(verify.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(verify.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(said.lines().filter(line -> line.contains(folder.toString())))
                .isEmpty();
        assertThat(verify.exitValue()).as(said).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"signalbox-control-plane.service", "signalbox-sidecar@.service"})
    void itStartsWhatThePackageInstallsAndIsInstalledWithIt(String unit) throws IOException {
        String program = START.matcher(text(unit))
                .results()
                .map(MatchResult::group)
                .map(line -> line.substring("ExecStart=".length()).strip())
                .findFirst()
                .orElseThrow();
        String packaging = Files.readString(SourceTree.ofThisBuild().root().resolve("packaging/linux/deb"));

        assertThat(packaging).contains("ln -s " + program + " ").contains("/packaging/systemd/signalbox-*.service");
    }

    private static String text(String unit) throws IOException {
        return Files.readString(SourceTree.ofThisBuild().root().resolve("packaging/systemd/" + unit));
    }

    private static boolean isInstalled(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(path -> Files.isExecutable(Path.of(path, program)));
    }
}
