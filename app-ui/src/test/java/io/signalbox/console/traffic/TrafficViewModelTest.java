package io.signalbox.console.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.signalbox.console.control.Commands;
import io.signalbox.console.fixture.FakeMesh;
import io.signalbox.console.fixture.SnapshotFixtures;
import io.signalbox.mesh.client.MeshException;
import io.signalbox.mesh.model.Weight;
import java.util.ArrayDeque;
import org.junit.jupiter.api.Test;

class TrafficViewModelTest {

    private final FakeMesh mesh = new FakeMesh();
    private final ArrayDeque<Runnable> background = new ArrayDeque<>();
    private final TrafficViewModel model =
            new TrafficViewModel(new Commands(mesh, background::add, Runnable::run), "console");

    @Test
    void draggingSendsTheFirstAndTheLastWishOnly() {
        SplitRow catalog = catalog();
        for (int percent = 31; percent <= 70; percent++) {
            catalog.ask("v2", new Weight(percent));
        }
        answer();
        assertThat(mesh.asked())
                .containsExactly("weights catalog {v2=31 %} by console", "weights catalog {v2=70 %} by console");
    }

    @Test
    void aRefusedWishLeavesWhatIsInForceAndSaysWhy() {
        SplitRow catalog = catalog();
        mesh.refuseWith(new MeshException(MeshException.Kind.CONFLICT, "revision: 3 (expected: 4)"));
        catalog.ask("v2", new Weight(50));
        answer();
        assertThat(catalog.refusal().get()).isEqualTo("revision: 3 (expected: 4)");
        assertThat(catalog.version("v2").orElseThrow().asked()).isEqualTo(new Weight(30));
    }

    @Test
    void whatWouldMoveIsTheDifferenceOfTheSharesTimesTheServicesRate() {
        SplitRow catalog = catalog();
        double rate = catalog.traffic().get().requestsPerSecond();
        assertThat(catalog.movedPerSecond("v2", new Weight(50))).isCloseTo(0.2 * rate, within(1e-9));
        assertThat(catalog.movedPerSecond("v2", new Weight(10))).isCloseTo(0.2 * rate, within(1e-9));
    }

    private SplitRow catalog() {
        model.update(SnapshotFixtures.canary());
        return model.rows().stream()
                .filter(row -> row.service().equals("catalog"))
                .findFirst()
                .orElseThrow();
    }

    private void answer() {
        for (Runnable task = background.poll(); task != null; task = background.poll()) {
            task.run();
        }
    }
}
