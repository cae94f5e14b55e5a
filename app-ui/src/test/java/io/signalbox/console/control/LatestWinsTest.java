package io.signalbox.console.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.MeshException;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LatestWinsTest {

    private final ArrayDeque<Runnable> background = new ArrayDeque<>();
    private final List<Integer> sent = new ArrayList<>();
    private final List<Outcome> told = new ArrayList<>();
    private final Commands commands = new Commands(unused(), background::add, Runnable::run);

    @Test
    void ofTheValuesThatCameWhileACallWasUnderWayOnlyTheNewestIsSent() {
        LatestWins<Integer> weights = new LatestWins<>(commands, (mesh, value) -> sent.add(value), told::add);
        for (int value = 1; value <= 50; value++) {
            weights.send(value);
        }
        runAll();
        assertThat(sent).containsExactly(1, 50);
        assertThat(told).hasSize(2);
    }

    @Test
    void aRefusedValueDoesNotStopTheNextOne() {
        LatestWins<Integer> weights = new LatestWins<>(
                commands,
                (mesh, value) -> {
                    if (value == 1) {
                        throw new MeshException(MeshException.Kind.CONFLICT, "revision: 3 (expected: 4)");
                    }
                    sent.add(value);
                },
                told::add);
        weights.send(1);
        weights.send(2);
        runAll();
        assertThat(sent).containsExactly(2);
        assertThat(told)
                .containsExactly(
                        new Outcome.Failed(MeshException.Kind.CONFLICT, "revision: 3 (expected: 4)"),
                        new Outcome.Done());
    }

    @Test
    void aDefectIsToldAsAFailureAndNotLost() {
        commands.run(
                mesh -> {
                    throw new IllegalStateException("expected by this test");
                },
                told::add);
        runAll();
        assertThat(told).containsExactly(new Outcome.Failed(MeshException.Kind.FAILED, "expected by this test"));
    }

    private void runAll() {
        for (Runnable task = background.poll(); task != null; task = background.poll()) {
            task.run();
        }
    }

    private static MeshConnection unused() {
        return (MeshConnection) Proxy.newProxyInstance(
                LatestWinsTest.class.getClassLoader(), new Class<?>[] {MeshConnection.class}, (proxy, method, args) -> {
                    throw new AssertionError(method + " (expected: no call)");
                });
    }
}
