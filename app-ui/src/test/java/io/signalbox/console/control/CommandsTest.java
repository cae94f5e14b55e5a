package io.signalbox.console.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.console.fixture.FakeMesh;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
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
