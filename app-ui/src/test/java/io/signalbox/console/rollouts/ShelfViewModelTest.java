package io.signalbox.console.rollouts;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.console.control.Commands;
import io.signalbox.console.fixture.FakeMesh;
import io.signalbox.console.fixture.RolloutSketch;
import io.signalbox.console.testing.ManualScheduler;
import io.signalbox.console.whatif.WhatIfModel;
import io.signalbox.mesh.client.MeshException;
import io.signalbox.mesh.model.Weight;
import io.signalbox.mesh.whatif.Question;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import org.junit.jupiter.api.Test;

class ShelfViewModelTest {

    private final FakeMesh mesh = new FakeMesh();
    private final ManualScheduler time = new ManualScheduler();
    private final ArrayDeque<Runnable> background = new ArrayDeque<>();
    private final ArrayDeque<Runnable> slow = new ArrayDeque<>();
    private final Commands commands = new Commands(
            mesh, background::add, slow::add, Runnable::run, new ReadOnlyBooleanWrapper(false).getReadOnlyProperty());
    private final ShelfViewModel model = new ShelfViewModel(commands, time);

    @Test
    void noCommandWaitsForTheWallOrForAWhatIf() {
        follow();
        new WhatIfModel(commands).ask(Question.ofWeights("catalog", Map.of("v2", new Weight(20))));
        model.close();
        assertThat(background).isEmpty();
        answer();
        assertThat(mesh.requests().wondered()).hasSize(1);
        assertThat(mesh.requests().taps()).isZero();
    }

    @Test
    void aTapThatOpensAfterTheWallWasLeftIsClosed() {
        follow();
        Runnable opening = slow.removeLast();
        model.close();
        answer();
        opening.run();
        assertThat(mesh.requests().taps()).isEqualTo(1);
        answer();
        assertThat(mesh.requests().taps()).isZero();
    }

    @Test
    void afterAFailureItAsksAgainEachTimeLaterUntilItIsAnswered() {
        mesh.requests().refuseWith(new MeshException(MeshException.Kind.UNAVAILABLE, "nobody answers"));
        follow();
        answer();
        assertThat(model.failure()).hasValue("nobody answers");
        assertThat(askedWithin(ShelfViewModel.AGAIN)).isEqualTo(1);
        assertThat(askedWithin(ShelfViewModel.AGAIN)).isZero();
        assertThat(askedWithin(ShelfViewModel.AGAIN)).isEqualTo(1);
        assertThat(askedWithin(Duration.ofMinutes(10))).isBetween(20, 23);
        mesh.requests().relent();
        assertThat(askedWithin(ShelfViewModel.AGAIN_AT_MOST)).isEqualTo(1);
        assertThat(model.failure()).isEmpty();
        assertThat(askedWithin(Duration.ofMinutes(10))).isZero();
    }

    @Test
    void itDoesNotAskAgainOnceItIsLeft() {
        mesh.requests().refuseWith(new MeshException(MeshException.Kind.UNAVAILABLE, "nobody answers"));
        follow();
        answer();
        model.close();
        assertThat(askedWithin(Duration.ofMinutes(1))).isZero();
    }

    private void follow() {
        model.open();
        model.update(Optional.of(RolloutSketch.running("catalog", 3, "v2")));
    }

    private int askedWithin(Duration span) {
        int before = mesh.asked().size();
        for (Duration left = span; left.isPositive(); left = left.minus(ShelfViewModel.TICK)) {
            time.advance(ShelfViewModel.TICK);
            answer();
        }
        return mesh.asked().size() - before;
    }

    private void answer() {
        for (Runnable task = slow.poll(); task != null; task = slow.poll()) {
            task.run();
        }
    }
}
