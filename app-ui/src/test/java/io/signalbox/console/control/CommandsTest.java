package io.signalbox.console.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.console.fixture.FakeMesh;
import io.signalbox.mesh.config.PolicyFormat;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import org.junit.jupiter.api.Test;

class CommandsTest {

    private final ArrayDeque<Runnable> background = new ArrayDeque<>();
    private final ArrayDeque<Runnable> slow = new ArrayDeque<>();
    private final List<String> told = new ArrayList<>();

    @Test
    void aCommandDoesNotWaitForAQuestion() {
        Commands commands = new Commands(
                new FakeMesh(),
                background::add,
                slow::add,
                Runnable::run,
                new ReadOnlyBooleanWrapper(false).getReadOnlyProperty());
        commands.questions().fetch(mesh -> "answer", told::add, failed -> {});
        commands.run(mesh -> {}, outcome -> told.add("done"));
        background.forEach(Runnable::run);
        slow.forEach(Runnable::run);
        assertThat(told).containsExactly("done", "answer");
    }

    @Test
    void aDocumentThatCannotBeReadIsToldInOneShortLineAndNotAsADefect() {
        List<LogRecord> logged = new ArrayList<>();
        Handler ear = new Ear(logged);
        Logger log = Logger.getLogger(Commands.class.getName());
        log.addHandler(ear);
        try {
            Commands commands = new Commands(new FakeMesh(), Runnable::run, Runnable::run);
            String name = "x\u202e" + "L".repeat(1_000_000);
            commands.fetch(
                    mesh -> PolicyFormat.readStored("apiVersion: signalbox.io/v1\nkind: " + name),
                    policy -> {},
                    failed -> told.add(failed.kind() + " " + failed.message()));
        } finally {
            log.removeHandler(ear);
        }
        assertThat(told.getFirst())
                .startsWith("INVALID line 2, column 7: kind: x")
                .contains("L…")
                .endsWith(" (expected: TrafficPolicy)")
                .hasSizeLessThan(300)
                .doesNotContain("\u202e", "\n");
        assertThat(logged).isEmpty();
    }

    /** Hears what is logged. */
    private static final class Ear extends Handler {

        private final List<LogRecord> heard;

        Ear(List<LogRecord> heard) {
            this.heard = heard;
        }

        @Override
        public void publish(LogRecord line) {
            heard.add(line);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    @Test
    void whatIsLeftIsClosedThoughTheThreadsHaveEnded() throws Exception {
        Commands commands = new Commands(
                new FakeMesh(),
                task -> {
                    throw new RejectedExecutionException("shut down");
                },
                Runnable::run);
        CompletableFuture<String> closed = new CompletableFuture<>();
        commands.release(() -> closed.complete("closed"));
        assertThat(closed.get(10, TimeUnit.SECONDS)).isEqualTo("closed");
    }
}
