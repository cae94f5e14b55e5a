package io.signalbox.console.topology.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.console.fixture.FakeMesh;
import io.signalbox.console.fixture.SnapshotFixtures;
import io.signalbox.mesh.event.MeshEvent;
import io.signalbox.mesh.event.RecordedEvent;
import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.CircuitReason;
import io.signalbox.mesh.model.EdgeId;
import org.junit.jupiter.api.Test;

class EventWatchTest {

    private static final EdgeId EDGE = new EdgeId("checkout", "payment");

    @Test
    void whatIsHeldOpenByHandIsNotTakenForTheOpeningOfAnotherCircuit() {
        FakeMesh mesh = new FakeMesh();
        MeshEvent.BreakerMoved opened = moved("payment-1", BreakerState.OPEN, new CircuitReason.FailuresInARow(5));
        MeshEvent.BreakerMoved held =
                moved("payment-2", BreakerState.FORCED_OPEN, new CircuitReason.ByHand("mira", ""));
        mesh.record(new RecordedEvent(1, SnapshotFixtures.calm().at(), opened));
        mesh.record(new RecordedEvent(2, SnapshotFixtures.calm().at(), held));
        EventWatch watch = new EventWatch(mesh, Runnable::run, Runnable::run);

        watch.accept(SnapshotFixtures.afterEvents(2));

        assertThat(watch.eventsProperty().get()).hasSize(2);
        assertThat(watch.opened(EDGE)).contains(opened);
    }

    private static MeshEvent.BreakerMoved moved(String endpoint, BreakerState to, CircuitReason reason) {
        return new MeshEvent.BreakerMoved(EDGE, "checkout-1", endpoint, BreakerState.CLOSED, to, "why", reason);
    }
}
