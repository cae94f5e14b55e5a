package io.signalbox.console.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.console.control.Commands;
import io.signalbox.console.fixture.FakeMesh;
import io.signalbox.console.fixture.SnapshotFixtures;
import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.model.ChangeNote;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ExperimentsViewModelTest {

    private final FakeMesh mesh = new FakeMesh();
    private final AtomicInteger asked = new AtomicInteger();
    private final ExperimentsViewModel model = new ExperimentsViewModel(new Commands(
            mesh,
            task -> {
                asked.incrementAndGet();
                task.run();
            },
            Runnable::run));

    @Test
    void aPolicyThatCannotBeReadHidesNoOtherAndIsNotAskedForAtEachPicture() {
        MeshConnection.PolicyText _ = mesh.policies().put("""
            apiVersion: signalbox.io/v1
            kind: TrafficPolicy
            service: catalog
            faults: [ { name: slow, delay: { fixed: 1s }, share: 0.5 } ]
            """, new ChangeNote("ada", ""));
        mesh.policies().tell("checkout", "service: checkout");
        for (int i = 0; i < 5; i++) {
            mesh.deliver(SnapshotFixtures.calm());
            model.update(SnapshotFixtures.calm());
        }
        assertThat(model.services().get())
                .extracting(ServiceExperiments::service)
                .containsExactly("catalog");
        assertThat(model.unread().get()).containsOnlyKeys("checkout");
        assertThat(asked).hasValue(1);
    }
}
