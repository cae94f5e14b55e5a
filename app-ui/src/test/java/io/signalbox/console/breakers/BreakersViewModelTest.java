package io.signalbox.console.breakers;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.console.control.Commands;
import io.signalbox.console.control.Outcome;
import io.signalbox.console.fixture.FakeMesh;
import io.signalbox.console.fixture.SnapshotFixtures;
import io.signalbox.mesh.client.MeshException;
import io.signalbox.mesh.model.BreakerCommand;
import io.signalbox.mesh.model.BreakerState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BreakersViewModelTest {

    private final FakeMesh mesh = new FakeMesh();
    private final BreakersViewModel model =
            new BreakersViewModel(new Commands(mesh, Runnable::run, Runnable::run), "console");

    @Test
    void theWorstCircuitsComeFirst() {
        model.update(SnapshotFixtures.paymentOpen());
        List<BreakerState> states =
                model.rows().stream().map(row -> row.current().state()).toList();
        assertThat(states.getFirst()).isEqualTo(BreakerState.OPEN);
        assertThat(states.indexOf(BreakerState.HALF_OPEN)).isLessThan(states.indexOf(BreakerState.CLOSED));
        assertThat(states.lastIndexOf(BreakerState.FORCED_OPEN)).isLessThan(states.indexOf(BreakerState.HALF_OPEN));
    }

    @Test
    void tilesKeepTheirPlacesWhileHeld() {
        model.update(SnapshotFixtures.calm());
        List<CircuitGroup> before = List.copyOf(model.groups());
        model.hold();
        model.update(SnapshotFixtures.paymentOpen());
        assertThat(model.groups()).startsWith(before.subList(0, 9).toArray(CircuitGroup[]::new));
        model.release();
        assertThat(model.rows().getFirst().current().state()).isEqualTo(BreakerState.OPEN);
    }

    @Test
    void aStateAndAWordNarrowTheTilesAndTheCountsStayWhole() {
        model.update(SnapshotFixtures.paymentOpen());
        int total = model.total();
        model.only().set(Optional.of(BreakerState.OPEN));
        assertThat(model.rows()).isNotEmpty().allMatch(row -> row.current().state() == BreakerState.OPEN);
        model.only().set(Optional.empty());
        model.filter().set("state:half mailer");
        assertThat(model.rows()).isNotEmpty().allMatch(row -> row.id().contains("mailer"));
        assertThat(model.counts().get().values().stream()
                        .mapToInt(Integer::intValue)
                        .sum())
                .isEqualTo(total);
    }

    @Test
    void aCommandNamesWhoAndWhy() {
        List<Outcome> told = new ArrayList<>();
        model.command("checkout->payment", BreakerCommand.OPEN, "bank is down", told::add);
        assertThat(mesh.asked()).containsExactly("breaker checkout->payment OPEN by console: bank is down");
        assertThat(told).containsExactly(new Outcome.Done());
    }

    @Test
    void aRefusedCommandSaysWhy() {
        mesh.refuseWith(new MeshException(MeshException.Kind.NOT_FOUND, "edge: a->b (expected: one of c->d)"));
        List<Outcome> told = new ArrayList<>();
        model.command("a->b", BreakerCommand.CLOSE, "", told::add);
        assertThat(told)
                .containsExactly(
                        new Outcome.Failed(MeshException.Kind.NOT_FOUND, "edge: a->b (expected: one of c->d)"));
    }
}
