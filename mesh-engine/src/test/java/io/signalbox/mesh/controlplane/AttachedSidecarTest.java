package io.signalbox.mesh.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.client.attach.ChangeForm;
import io.signalbox.mesh.client.attach.MeshUpdate;
import io.signalbox.mesh.client.attach.ServiceUpdate;
import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.model.Protocol;
import io.signalbox.mesh.model.ServiceConfig;
import io.signalbox.mesh.model.TrafficPolicy;
import io.signalbox.mesh.model.status.ServiceKind;
import io.signalbox.mesh.time.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What waits for a sidecar that takes it slowly. */
final class AttachedSidecarTest {

    private final ManualTime time = new ManualTime();
    private final SidecarFeed feed = new SidecarFeed(time, time);

    @Test
    void everythingIsWrittenDownWhenItIsTakenAndWhatItHoldsIsNotTakenAgain() throws InterruptedException {
        AttachedSidecar sidecar = attached("a");
        feed.tell("catalog", told(1));
        feed.tell("catalog", told(2));

        AttachedSidecar.Sending first = sidecar.next(Duration.ZERO).orElseThrow();
        assertThat(first.event()).isEqualTo(MeshUpdate.MESH);
        assertThat(first.revision()).isEqualTo(feed.revision());
        assertThat(sidecar.next(Duration.ZERO)).isEmpty();

        feed.tell("catalog", told(3));
        AttachedSidecar.Sending change = sidecar.next(Duration.ZERO).orElseThrow();
        assertThat(change.event()).isEqualTo(MeshUpdate.CHANGE);
        assertThat(change.revision()).isEqualTo(first.revision() + 1);
    }

    @Test
    void whoeverIsTooLateSharesEverythingWithTheOthers() throws InterruptedException {
        AttachedSidecar one = attached("one");
        AttachedSidecar other = attached("other");
        assertThat(one.next(Duration.ZERO)).isPresent();
        for (int i = 1; i <= 1_000; i++) {
            feed.tell("catalog", told(i));
        }

        AttachedSidecar.Sending late = one.next(Duration.ZERO).orElseThrow();
        assertThat(late.event()).isEqualTo(MeshUpdate.MESH);
        assertThat(late.revision()).isEqualTo(feed.revision());
        assertThat(other.next(Duration.ZERO).orElseThrow().data()).isSameAs(late.data());
        assertThat(one.next(Duration.ZERO)).isEmpty();
    }

    @Test
    void whatIsNoPartOfTheMeshGoesOutBeforeAndAfterEverything() throws InterruptedException {
        AttachedSidecar sidecar = attached("a");
        sidecar.tell(new SidecarFeed.Frame(MeshUpdate.TRUST, 0, "{}"));
        for (int i = 1; i <= 300; i++) {
            feed.tell("catalog", told(i));
        }

        List<String> events = new ArrayList<>();
        for (Optional<AttachedSidecar.Sending> next = sidecar.next(Duration.ZERO);
                next.isPresent();
                next = sidecar.next(Duration.ZERO)) {
            events.add(next.get().event());
        }
        assertThat(events).containsExactly(MeshUpdate.TRUST, MeshUpdate.MESH);
    }

    private AttachedSidecar attached(String instance) {
        AttachedSidecar sidecar = new AttachedSidecar(
                "caller", instance, ServiceKind.CLIENT, ChangeForm.DIFFERENCES, Instant.EPOCH, time);
        feed.follow(sidecar);
        return sidecar;
    }

    private static SidecarFeed.Told told(int instance) {
        return new SidecarFeed.Told(
                new ServiceConfig(
                        TrafficPolicy.defaults("catalog"),
                        Optional.empty(),
                        List.of(new Endpoint(
                                "catalog", "c-" + instance, "v1", "127.0.0.1", 8_080, Protocol.HTTP, null))),
                ServiceUpdate.Standing.REGISTERED,
                List.of());
    }
}
