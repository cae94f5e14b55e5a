package io.signalbox.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.attach.SidecarStatus;
import io.signalbox.mesh.client.remote.RemoteMesh;
import io.signalbox.mesh.config.AccessToken;
import io.signalbox.mesh.model.status.InstanceStatus;
import io.signalbox.mesh.model.status.MeshSnapshot;
import io.signalbox.mesh.model.status.ServiceStatus;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The whole demo as its user starts it: 26 processes, which take a minute to start on two busy processors. */
@EnabledOnOs(OS.LINUX)
class MultiProcessDemoTest {

    private static final Pattern READY = Pattern.compile("ready control-plane=(\\S+) token-file=(\\S+) entry=(\\S+)");
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int CHILDREN = 25;
    private static final Set<String> SERVICES = Set.of(
            "bank",
            "cart",
            "catalog",
            "checkout",
            "mailer",
            "payment",
            "pricing",
            "ratings",
            "reviews",
            "stock",
            "storefront");

    @TempDir
    private Path folder;

    private Process demo;

    @BeforeEach
    void start() throws IOException {
        Path runtime = Files.createDirectory(
                folder.resolve("run"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "io.signalbox.console.Launcher",
                "demo",
                "--headless",
                "--multi-process");
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        builder.environment().put("XDG_RUNTIME_DIR", runtime.toString());
        builder.environment().put("XDG_STATE_HOME", folder.resolve("state").toString());
        demo = builder.redirectError(folder.resolve("demo.log").toFile()).start();
    }

    @AfterEach
    void end() throws InterruptedException {
        List<ProcessHandle> left = demo.descendants().toList();
        demo.destroyForcibly().waitFor();
        left.forEach(ProcessHandle::destroyForcibly);
    }

    /** Until the demo ends, or the test. */
    private static void drain(BufferedReader out) {
        try {
            while (out.readLine() != null) {
                // What it prints fills no pipe.
            }
        } catch (IOException e) {
            // The test is over.
        }
    }

    @Test
    void everyServiceWorksInProcessesOfItsOwnThatComeBackWhenTheyDieAndAllEndWithTheDemo() throws Exception {
        try (BufferedReader out = demo.inputReader();
                MeshConnection mesh = connect(out)) {
            Thread.ofVirtual().start(() -> drain(out));
            List<ProcessHandle> parts = demo.children().toList();
            assertThat(parts).hasSize(CHILDREN);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(busy(mesh.snapshot())).containsAll(SERVICES));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(mesh.sidecars()).hasSize(CHILDREN - 2));

            ProcessHandle first = part("cart-1");
            assertThat(first.destroyForcibly()).isTrue();

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(part("cart-1").pid()).isNotEqualTo(first.pid()));
            await().atMost(PATIENCE)
                    .until(() -> mesh.sidecars().stream()
                                    .map(SidecarStatus::instance)
                                    .anyMatch("cart-1"::equals)
                            && isServing(mesh.snapshot(), "cart-1"));

            List<ProcessHandle> last = demo.children().toList();
            demo.destroy();
            assertThat(demo.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
            assertThat(demo.exitValue()).isEqualTo(143);
            await().untilAsserted(() -> assertThat(last).hasSize(CHILDREN).noneMatch(ProcessHandle::isAlive));
        }
        assertThat(Files.readString(folder.resolve("demo.log"))).contains("cart-1 (process ", "starts again in 1 s");
    }

    private MeshConnection connect(BufferedReader out) throws IOException {
        Matcher ready = READY.matcher(String.valueOf(out.readLine()));
        assertThat(ready.matches()).as(() -> log()).isTrue();
        return new RemoteMesh(
                URI.create(ready.group(1)), AccessToken.read(Path.of(ready.group(2))), new SplittableRandom(1));
    }

    private String log() {
        try {
            return Files.readString(folder.resolve("demo.log"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private ProcessHandle part(String name) {
        return demo.children()
                .filter(part -> part.info().commandLine().orElse("").endsWith("demo-process " + name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " does not run"));
    }

    private static Set<String> busy(MeshSnapshot now) {
        return now.services().stream()
                .filter(service -> service.stats().totalRequests() > 0)
                .map(ServiceStatus::name)
                .collect(Collectors.toSet());
    }

    private static boolean isServing(MeshSnapshot now, String instance) {
        return now.services().stream()
                .flatMap(service -> service.versions().stream())
                .flatMap(version -> version.instances().stream())
                .anyMatch(status -> status.instance().instanceId().equals(instance)
                        && status.serving() == InstanceStatus.Serving.SERVING);
    }
}
