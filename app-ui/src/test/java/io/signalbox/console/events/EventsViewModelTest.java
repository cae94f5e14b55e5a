package io.signalbox.console.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.console.control.Commands;
import io.signalbox.console.fixture.FakeMesh;
import io.signalbox.console.fixture.SnapshotFixtures;
import io.signalbox.mesh.client.MeshException;
import io.signalbox.mesh.event.MeshEvent;
import io.signalbox.mesh.event.RecordedEvent;
import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.CircuitReason;
import io.signalbox.mesh.model.EdgeId;
import org.junit.jupiter.api.Test;

class EventsViewModelTest {

    private final FakeMesh mesh = new FakeMesh();
    private final EventsViewModel model =
            new EventsViewModel(new Commands(mesh, Runnable::run, Runnable::run), MeshEvent::subject);

    @Test
    void eventsAreFetchedOnceAndStandNewestFirst() {
        happen(1, new MeshEvent.ControlPlaneStarted("corner-shop"));
        model.update(SnapshotFixtures.afterEvents(1));
        happen(2, opened());
        model.update(SnapshotFixtures.afterEvents(2));
        model.update(SnapshotFixtures.afterEvents(2));
        assertThat(model.rows()).extracting(RecordedEvent::sequence).containsExactly(2L, 1L);
    }

    @Test
    void aTopicAndAWordNarrowTheList() {
        happen(1, new MeshEvent.ControlPlaneStarted("corner-shop"));
        happen(2, opened());
        model.update(SnapshotFixtures.afterEvents(2));
        model.topic().set(EventsViewModel.Topic.BREAKERS);
        assertThat(model.rows()).extracting(RecordedEvent::sequence).containsExactly(2L);
        model.topic().set(EventsViewModel.Topic.ALL);
        model.filter().set("corner");
        assertThat(model.rows()).extracting(RecordedEvent::sequence).containsExactly(1L);
    }

    @Test
    void whileHeldNewerEventsWaitAndAreCounted() {
        happen(1, opened());
        model.update(SnapshotFixtures.afterEvents(1));
        model.hold();
        happen(2, opened());
        happen(3, new MeshEvent.ControlPlaneStarted("corner-shop"));
        model.update(SnapshotFixtures.afterEvents(3));
        assertThat(model.rows()).hasSize(1);
        assertThat(model.newer().get()).isEqualTo(2);
        model.topic().set(EventsViewModel.Topic.BREAKERS);
        assertThat(model.newer().get()).isEqualTo(1);
        model.takeIn();
        assertThat(model.rows()).extracting(RecordedEvent::sequence).containsExactly(2L, 1L);
        assertThat(model.newer().get()).isZero();
    }

    @Test
    void aControlPlaneThatCountsFromOneAgainStartsTheListAgain() {
        happen(7, opened());
        model.update(SnapshotFixtures.afterEvents(7));
        model.update(SnapshotFixtures.afterEvents(1));
        assertThat(model.rows()).extracting(RecordedEvent::sequence).containsExactly(7L);
        assertThat(model.total()).isEqualTo(1);
    }

    @Test
    void aFailedFetchIsToldAndTriedAgain() {
        happen(1, opened());
        mesh.refuseWith(new MeshException(MeshException.Kind.UNAVAILABLE, "control plane: away"));
        model.update(SnapshotFixtures.afterEvents(1));
        assertThat(model.failure().get()).isEqualTo("control plane: away");
        assertThat(model.rows()).isEmpty();
        model.update(SnapshotFixtures.afterEvents(1));
        assertThat(model.failure().get()).isEqualTo("control plane: away");
    }

    private void happen(long sequence, MeshEvent event) {
        mesh.record(new RecordedEvent(sequence, SnapshotFixtures.AT, event));
    }

    private static MeshEvent opened() {
        return new MeshEvent.BreakerMoved(
                new EdgeId("checkout", "payment"),
                "checkout-1",
                "payment-2",
                BreakerState.CLOSED,
                BreakerState.OPEN,
                "5 failures in a row",
                new CircuitReason.FailuresInARow(5));
    }
}
