package io.signalbox.shop.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import io.signalbox.mesh.time.Ticker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A shell stands for the program: it reads its task, says that it is ready, and answers orders. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class KeptProcessTest {

    private static final String OBEDIENT =
            "read task; echo \"ready entry=http://127.0.0.1:1 pid=$$\"; while read order; do echo \"$order\" >&2; echo"
                    + " done; done";

    @TempDir
    private Path folder;

    private final Queue<Child> started = new ConcurrentLinkedQueue<>();

    private Path log() {
        return folder.resolve("part.log");
    }

    private KeptProcess kept(String script) {
        Program program = new Program(List.of("/bin/sh", "-c", script), "");
        Task task = new Task(Task.Part.INSTANCE, "part", 1, 0, folder.toString(), List.of(), "", "", "");
        return new KeptProcess(
                "part",
                () -> {
                    Child child = Child.start(program, task, log());
                    started.add(child);
                    return child;
                },
                Ticker.system());
    }

    private static boolean lives(Child child) {
        return ProcessHandle.of(child.pid()).filter(ProcessHandle::isAlive).isPresent();
    }

    private static void kill(Child child) {
        assertThat(ProcessHandle.of(child.pid()).orElseThrow().destroyForcibly())
                .isTrue();
    }

    @Test
    void itSaysWhereItServesAndEndsWhenItIsClosed() {
        try (KeptProcess kept = kept(OBEDIENT)) {
            assertThat(kept.start()).containsEntry("entry", "http://127.0.0.1:1");
            assertThat(kept.isUp()).isTrue();
        }
        assertThat(started).hasSize(1).noneMatch(KeptProcessTest::lives);
    }

    @Test
    void oneThatDiedIsStartedAgainAndGivenTheNewestOrderOfEachSubject() {
        try (KeptProcess kept = kept(OBEDIENT)) {
            kept.start();
            kept.order("fault a", "fault a ON");
            kept.order("power", "power OFF");
            kept.order("fault a", "fault a OFF");
            kill(started.element());

            await().until(() -> started.size() == 2 && kept.isUp());
            await().untilAsserted(() -> assertThat(Files.readAllLines(log()))
                    .containsExactly("fault a ON", "power OFF", "fault a OFF", "fault a OFF", "power OFF"));
        }
        assertThat(started).hasSize(2).noneMatch(KeptProcessTest::lives);
    }

    @Test
    void oneThatIsClosedWhileItIsDeadStaysDead() {
        KeptProcess kept = kept(OBEDIENT);
        kept.start();
        kill(started.element());
        await().until(() -> !kept.isUp());
        kept.close();

        assertThat(started).hasSize(1).noneMatch(KeptProcessTest::lives);
    }

    @Test
    void oneThatEndsBeforeItIsReadyIsNamedWithItsLog() {
        try (KeptProcess kept = kept("read task; exit 3")) {
            assertThatIllegalStateException()
                    .isThrownBy(kept::start)
                    .withMessage("part: ended before it was ready (its log: " + log() + ")");
        }
    }

    @Test
    void oneThatSaysWhyItCannotStartIsQuoted() {
        try (KeptProcess kept = kept("read task; echo 'failed port: 1 (expected: a free one)'; exit 1")) {
            assertThatIllegalStateException()
                    .isThrownBy(kept::start)
                    .withMessage("part: port: 1 (expected: a free one) (its log: " + log() + ")");
        }
    }

    @Test
    void aRefusedOrderIsToldWithItsReason() {
        try (KeptProcess kept = kept("read task; echo ready; read order; echo 'failed no such thing'; read end")) {
            kept.start();
            assertThatIllegalStateException()
                    .isThrownBy(() -> kept.order("power", "power OFF"))
                    .withMessageContaining("part: power OFF: failed no such thing");
        }
    }

    @Test
    void oneThatDoesNotEndWithItsInputIsEnded() {
        Child stubborn = Child.start(
                new Program(List.of("/bin/sh", "-c", "echo ready; while :; do sleep 1; done"), ""),
                new Task(Task.Part.INSTANCE, "part", 1, 0, folder.toString(), List.of(), "", "", ""),
                log());
        stubborn.awaitReady(Duration.ofSeconds(10));
        stubborn.end(Duration.ofMillis(50));

        assertThat(lives(stubborn)).isFalse();
    }
}
