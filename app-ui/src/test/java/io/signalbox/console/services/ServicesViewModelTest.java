package io.signalbox.console.services;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.console.control.Commands;
import io.signalbox.console.fixture.FakeMesh;
import io.signalbox.console.fixture.SnapshotFixtures;
import io.signalbox.mesh.model.Switch;
import org.junit.jupiter.api.Test;

class ServicesViewModelTest {

    private final FakeMesh mesh = new FakeMesh();
    private final ServicesViewModel model =
            new ServicesViewModel(new Commands(mesh, Runnable::run, Runnable::run), "console");

    @Test
    void everyInstanceOfEveryServiceHasARowThatLasts() {
        model.update(SnapshotFixtures.calm());
        InstanceRow first = model.rows().getFirst();
        int total = model.total();
        model.update(SnapshotFixtures.later(SnapshotFixtures.calm(), 1));
        assertThat(model.rows().getFirst()).isSameAs(first);
        assertThat(model.total()).isEqualTo(total).isGreaterThan(10);
    }

    @Test
    void theFilterLooksAtNameVersionAndAddress() {
        model.update(SnapshotFixtures.calm());
        model.filter().set(" CATALOG ");
        assertThat(model.rows()).isNotEmpty().allMatch(row -> row.service().equals("catalog"));
    }

    @Test
    void drainingNamesTheInstanceAndTheReason() {
        model.update(SnapshotFixtures.calm());
        model.filter().set("ratings-1");
        model.setDraining(model.rows().getFirst(), Switch.ON, "disk swap", outcome -> {});
        assertThat(mesh.asked()).containsExactly("drain ratings-1 ON by console: disk swap");
    }
}
