package io.signalbox.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
final class LaunchScriptTest {

    @TempDir
    private Path folder;

    private FakeCheckout checkout;

    @BeforeEach
    void layOut() throws IOException {
        checkout = new FakeCheckout(folder.toRealPath());
    }

    @Test
    void noJdkIsOneMessageThatSaysWhatToInstall() throws Exception {
        var start = checkout.withMaven().start("version");

        assertThat(start.status()).isEqualTo(69);
        assertThat(start.output()).isEmpty();
        assertThat(start.errors())
                .startsWith("signalbox: no JDK 25 or newer")
                .contains("sudo apt install openjdk-25-jdk")
                .doesNotContain("not found", "Exception");
        assertThat(checkout.builds()).isZero();
    }

    @Test
    void theOldestJdkThatIsNewEnoughIsTaken() throws Exception {
        checkout.withMaven().withJdk("a-27", "27-ea").withJdk("b-17", "17.0.15").withJdk("c-25", "25.0.1");

        assertThat(checkout.start("version").output()).startsWith("java of " + checkout.jdk("c-25"));
    }

    @Test
    void javaHomeComesFirst() throws Exception {
        checkout.withMaven().withJdk("jdk-25", "25").withJdk("jdk-26", "26.0.1");
        var javaHome = Map.of("JAVA_HOME", checkout.jdk("jdk-26").toString());

        assertThat(checkout.start(javaHome, "version").output()).startsWith("java of " + checkout.jdk("jdk-26"));
    }

    @Test
    void aJavaHomeThatIsTooOldIsPassedOver() throws Exception {
        checkout.withMaven().withJdk("jdk-17", "17.0.15").withJdk("jdk-25", "25");
        var javaHome = Map.of("JAVA_HOME", checkout.jdk("jdk-17").toString());

        assertThat(checkout.start(javaHome, "version").output()).startsWith("java of " + checkout.jdk("jdk-25"));
    }

    @Test
    void theJavaOnThePathIsSeenThroughItsLinks() throws Exception {
        checkout.withMaven().withJdk("jdk-25", "25").withJdk("jdk-26", "26");
        Files.createSymbolicLink(
                checkout.root().resolve("tools/java"), checkout.jdk("jdk-26").resolve("bin/java"));

        assertThat(checkout.start("version").output()).startsWith("java of " + checkout.jdk("jdk-26"));
    }

    @Test
    void theFirstStartBuildsAndTheSecondDoesNot() throws Exception {
        checkout.withMaven().withJdk("jdk", "25");

        assertThat(checkout.start("version").errors()).isEqualTo("signalbox: building what changed\n");
        assertThat(checkout.start("version").errors()).isEmpty();
        assertThat(checkout.builds()).isEqualTo(1);
    }

    @Test
    void aChangedSourceIsBuiltAgain() throws Exception {
        built();
        checkout.write("app-ui/src/main/java/Shop.java", "class Shop { int open; }");

        checkout.start("version");

        assertThat(checkout.builds()).isEqualTo(2);
    }

    @Test
    void aDeletedSourceIsBuiltAgain() throws Exception {
        built();
        checkout.delete("app-ui/src/main/java/Shop.java");

        checkout.start("version");

        assertThat(checkout.builds()).isEqualTo(2);
    }

    @Test
    void startsAtTheSameTimeBuildOnce() throws Exception {
        checkout.withMaven().withJdk("jdk", "25");
        Callable<FakeCheckout.Start> start = () -> checkout.start(Map.of("BUILD_SECONDS", "1"), "version");

        var starts = new ArrayList<FakeCheckout.Start>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var future : threads.invokeAll(List.of(start, start, start))) {
                starts.add(future.get());
            }
        }

        assertThat(starts).extracting(FakeCheckout.Start::status).containsOnly(0);
        assertThat(starts).extracting(FakeCheckout.Start::output).allMatch(text -> text.startsWith("java of "));
        assertThat(checkout.builds()).isEqualTo(1);
    }

    @Test
    void theLockOfABuildThatDiedIsTakenOver() throws Exception {
        checkout.withMaven().withJdk("jdk", "25");
        checkout.write("app-ui/target/signalbox-build.lock/pid", "999999999\n");

        assertThat(checkout.start("version").status()).isZero();
        assertThat(folder.resolve("app-ui/target/signalbox-build.lock")).doesNotExist();
    }

    @Test
    void aLockThatIsNeverSignedIsTakenOver() throws Exception {
        checkout.withMaven().withJdk("jdk", "25");
        Files.createDirectories(folder.resolve("app-ui/target/signalbox-build.lock"));

        assertThat(checkout.start("version").status()).isZero();
    }

    @Test
    void endingAStartEndsItsBuild() throws Exception {
        checkout.withMaven().withJdk("jdk", "25");
        var start = checkout.begin(Map.of("BUILD_SECONDS", "10"), "version");
        await().until(() -> checkout.builds() == 1);
        var maven = start.children().filter(ProcessHandle::isAlive).toList();

        start.destroy();

        assertThat(start.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(start.exitValue()).isEqualTo(143);
        assertThat(maven).hasSize(1);
        await().until(() -> maven.stream().noneMatch(ProcessHandle::isAlive));
        assertThat(folder.resolve("app-ui/target/signalbox-build.lock")).doesNotExist();
    }

    @Test
    void aFailedBuildShowsItsErrorsAndIsTriedAgain() throws Exception {
        checkout.withMaven().withJdk("jdk", "25").write("broken", "");

        var failed = checkout.start("version");
        assertThat(failed.status()).isEqualTo(1);
        assertThat(failed.output()).isEmpty();
        assertThat(failed.errors()).contains("the build failed", "Shop.java:[3,5] cannot find symbol");

        checkout.delete("broken");
        assertThat(checkout.start("version").status()).isZero();
    }

    @Test
    void withoutMavenTheLastBuildRuns() throws Exception {
        built();
        checkout.withoutMaven().write("app-ui/src/main/java/Shop.java", "class Shop { int open; }");

        var start = checkout.start("version");

        assertThat(start.status()).isZero();
        assertThat(start.errors()).contains("running the last build");
    }

    @Test
    void withoutMavenAndWithoutABuildItSaysWhatToInstall() throws Exception {
        var start = checkout.withJdk("jdk", "25").start("version");

        assertThat(start.status()).isEqualTo(69);
        assertThat(start.errors()).contains("not built yet, and there is no mvn on the PATH", "Maven 3.8 or newer");
    }

    @Test
    void argumentsAndExitStatusPassUnchanged() throws Exception {
        checkout.withMaven().withJdk("jdk", "25");

        var start = checkout.start(Map.of("EXIT_STATUS", "4"), "explain", "GET /a b", "-H", "x: *", "");

        assertThat(start.status()).isEqualTo(4);
        assertThat(start.output())
                .endsWith("<io.signalbox.console.Launcher>\n<explain>\n<GET /a b>\n<-H>\n<x: *>\n<>\n");
    }

    @Test
    void theConsoleHasJavaFxOnItsModulePath() throws Exception {
        checkout.withMaven().withJdk("jdk", "25");

        assertThat(checkout.start().output()).contains("<--module-path>", "<javafx.controls>");
        assertThat(checkout.start("get", "services").output()).doesNotContain("<--module-path>");
    }

    @Test
    void itRunsThroughALinkFromElsewhere() throws Exception {
        checkout.withMaven().withJdk("jdk", "25");
        var link = Files.createSymbolicLink(folder.resolve("tools/sb"), Path.of("../signalbox"));

        assertThat(checkout.launch(link, Map.of(), "version").status()).isZero();
    }

    private void built() throws Exception {
        checkout.withMaven().withJdk("jdk", "25");
        checkout.start("version");
        checkout.age();
    }
}
