package io.signalbox.shop.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import io.signalbox.mesh.time.Ticker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A shell stands for the program: it reads its task, says that it is ready, and answers orders. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class KeptProcessTest {

    private static final String OBEDIENT =
            "read task; echo \"ready entry=http://127.0.0.1:1 pid=$$\"; while read number order; do echo"
                    + " \"$order\" >&2; echo \"done $number\"; done";

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
        try (KeptProcess kept = kept(
                "read task; echo ready; read number order; echo \"failed $number no such thing\";" + " read end")) {
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

    @Test
    void anAnswerThatComesTooLateIsNotTakenForThatOfTheNextOrder() {
        Child slow = child("read task; echo ready; read first order; read second order; echo done $first;"
                + " echo failed $second no such thing; read end");
        slow.awaitReady(Duration.ofSeconds(10));
        List<String> done = new CopyOnWriteArrayList<>();
        assertThatIllegalStateException()
                .isThrownBy(() -> slow.order("power OFF", Duration.ofMillis(1), () -> done.add("power OFF")))
                .withMessageContaining("no answer");

        assertThatIllegalStateException()
                .isThrownBy(() -> slow.order("power ON", Duration.ofSeconds(10), () -> done.add("power ON")))
                .withMessageContaining("part: power ON: failed no such thing");

        assertThat(done).containsExactly("power OFF");
        slow.end(Duration.ofSeconds(10));
    }

    @Test
    void whoEndsWithoutAnAnswerIsNotWaitedFor() {
        Child dying = child("read task; echo ready; read order; exit 3");
        dying.awaitReady(Duration.ofSeconds(10));

        assertThatIllegalStateException()
                .isThrownBy(() -> dying.order("power OFF", Duration.ofMinutes(10), () -> {}))
                .withMessageContaining("part: power OFF: has ended");
    }

    @Test
    void whetherItIsUpIsToldWhileAnOrderIsBeingCarriedOut() throws Exception {
        try (KeptProcess kept = kept("read task; echo ready; while read order; do echo \"$order\" >&2; done")) {
            kept.start();
            Thread ordering = Thread.ofVirtual().start(() -> {
                try {
                    kept.order("power", "power OFF");
                } catch (IllegalStateException e) {
                    // It is closed below.
                }
            });
            await().until(() -> Files.size(log()) > 0);

            assertThat(CompletableFuture.supplyAsync(kept::isUp).get(5, TimeUnit.SECONDS))
                    .isTrue();
            assertThat(ordering.isAlive()).isTrue();
            assertThat(kept.carriedOut("power")).isEmpty();
        }
    }

    @Test
    void whatItSaysItHasDoneIsKnownUntilItDies() {
        try (KeptProcess kept = kept("read task; echo ready; read number order; echo done $number; read number order;"
                + " echo failed $number stuck; read end")) {
            kept.start();
            kept.order("power", "power OFF");
            assertThatIllegalStateException().isThrownBy(() -> kept.order("power", "power ON"));

            assertThat(kept.carriedOut("power")).contains("power OFF");
        }
    }

    @Test
    void oneThatWasClosedIsNotStarted() {
        KeptProcess kept = kept(OBEDIENT);
        kept.close();

        assertThatIllegalStateException().isThrownBy(kept::start).withMessageContaining("part: closed");
        assertThat(started).isEmpty();
    }

    @Test
    void oneThatIsClosedWhileItStartsEnds() {
        AtomicReference<KeptProcess> self = new AtomicReference<>();
        KeptProcess kept = new KeptProcess(
                "part",
                () -> {
                    Child child = child(OBEDIENT);
                    started.add(child);
                    Objects.requireNonNull(self.get()).close();
                    return child;
                },
                Ticker.system());
        self.set(kept);

        assertThatIllegalStateException().isThrownBy(kept::start).withMessageContaining("part: closed");
        assertThat(started).hasSize(1).noneMatch(KeptProcessTest::lives);
    }

    private Child child(String script) {
        return Child.start(
                new Program(List.of("/bin/sh", "-c", script), ""),
                new Task(Task.Part.INSTANCE, "part", 1, 0, folder.toString(), List.of(), "", "", ""),
                log());
    }
}
