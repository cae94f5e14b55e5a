package io.signalbox.console.excerpt;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.console.fixture.Crowd;
import io.signalbox.console.fixture.FakeMesh;
import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.model.status.MeshSnapshot;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExcerptsTest {

    private final FakeMesh mesh = new FakeMesh();
    private final Excerpts excerpts = new Excerpts(new Bounds(20, 10, 15, 12, 3, 5));
    private final List<MeshSnapshot> shown = new ArrayList<>();

    @Test
    void whatIsTypedShowsAnotherPartOfTheSamePictureAtOnce() {
        MeshConnection.Subscription following = excerpts.of(mesh).subscribe(shown::add);
        mesh.deliver(Crowd.of(1_000));
        assertThat(shown.getLast().services())
                .hasSize(20)
                .noneMatch(service -> service.name().equals("svc-00903"));

        excerpts.narrow("svc-00903", Runnable::run);

        assertThat(shown.getLast().services())
                .anyMatch(service -> service.name().equals("svc-00903"));
        assertThat(excerpts.extent().matching()).isEqualTo(1);
        following.close();
        assertThat(mesh.subscriptions()).isZero();
    }

    @Test
    void aClosedSubscriptionHearsNothingMore() {
        excerpts.of(mesh).subscribe(shown::add).close();

        excerpts.narrow("svc", Runnable::run);

        assertThat(shown).isEmpty();
    }

    @Test
    void whoAsksForThePictureGetsNoMoreThanTheScreens() {
        mesh.deliver(Crowd.of(1_000));

        assertThat(excerpts.of(mesh).snapshot().services()).hasSize(20);
    }
}
