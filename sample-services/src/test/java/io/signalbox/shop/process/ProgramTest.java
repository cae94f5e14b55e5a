package io.signalbox.shop.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramTest {

    private static final String MAIN = "io.example.Main";

    @TempDir
    private Path home;

    private final Properties system = new Properties();
    private Path java;

    @BeforeEach
    void describe() throws IOException {
        Path bin = Files.createDirectory(home.resolve("bin"));
        java = bin.resolve(File.separatorChar == '\\' ? "java.exe" : "java");
        system.setProperty("java.home", home.toString());
        system.setProperty("java.class.path", "a.jar" + File.pathSeparator + "b.jar");
    }

    private void givenJava() throws IOException {
        Files.writeString(java, "");
        assertThat(java.toFile().setExecutable(true)).isTrue();
    }

    private Program program(List<String> jvm, Map<String, String> environment) {
        return Program.of(MAIN, system, jvm, environment);
    }

    @Test
    void aPartRunsByTheSameJavaAndTheSameClassPath() throws IOException {
        givenJava();

        ProcessBuilder builder = program(List.of(), Map.of()).builder("catalog-1");

        assertThat(builder.command()).contains(java.toString()).endsWith(MAIN, "demo-process", "catalog-1");
        assertThat(builder.environment()).containsEntry("CLASSPATH", "a.jar" + File.pathSeparator + "b.jar");
    }

    @Test
    void jarsOnTheModulePathAreFoundOnTheClassPath() throws IOException {
        givenJava();
        system.setProperty("jdk.module.path", "fx");

        assertThat(program(List.of(), Map.of()).classPath())
                .endsWith("b.jar" + File.pathSeparator + "fx" + File.separator + "*");
    }

    @Test
    void theCacheOfAnInstalledProgramAndTheUsersOptionsAreTakenAlongAndNothingElse() throws IOException {
        givenJava();

        List<String> command = program(
                        List.of("-Xmx512m", "-XX:AOTCache=/opt/signalbox.aot", "--add-opens=a/b=ALL-UNNAMED"),
                        Map.of("SIGNALBOX_JAVA_OPTS", " -Dmy.own=1  -ea "))
                .command();

        assertThat(command)
                .contains("-XX:AOTCache=/opt/signalbox.aot", "-Dmy.own=1", "-ea")
                .doesNotContain("-Xmx512m", "--add-opens=a/b=ALL-UNNAMED", "");
    }

    @Test
    void whereAnInstalledProgramHasNoJavaItsLauncherIsStarted() {
        system.setProperty("jpackage.app-path", "/opt/signalbox/bin/signalbox");

        ProcessBuilder builder = program(List.of(), Map.of()).builder("catalog-1");

        assertThat(builder.command()).containsExactly("/opt/signalbox/bin/signalbox", "demo-process", "catalog-1");
    }

    @Test
    void withoutAnyJavaItIsSaidWhatIsMissing() {
        assertThatIllegalStateException()
                .isThrownBy(() -> program(List.of(), Map.of()))
                .withMessage("multi-process: " + java + " (expected: a Java that can be started)");
    }
}
