package io.signalbox.mesh.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.client.attach.ChangeForm;
import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.event.MeshEvent;
import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.CircuitReason;
import io.signalbox.mesh.model.EdgeId;
import io.signalbox.mesh.model.status.ServiceKind;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What nobody answered is told again, and happened once all the same. */
final class MovesToldAgainTest {

    private final TestMesh mesh = new TestMesh();
    private final AttachedSidecars attached = mesh.controlPlane.attached();

    @AfterEach
    void stop() {
        mesh.close();
    }

    @Test
    void aMoveThatIsToldAgainOnAReopenedStreamIsOneEvent() {
        AttachedSidecar first = attached.open("cart", "cart-1", ServiceKind.CLIENT, ChangeForm.SERVICES);
        tell("a", 1);
        attached.close(first);
        attached.open("cart", "cart-1", ServiceKind.CLIENT, ChangeForm.SERVICES);

        tell("a", 1);

        assertThat(moves()).isEqualTo(1);
    }

    @Test
    void whatHappenedSinceIsNews() {
        attached.open("cart", "cart-1", ServiceKind.CLIENT, ChangeForm.SERVICES);
        tell("a", 1);
        attached.open("cart", "cart-1", ServiceKind.CLIENT, ChangeForm.SERVICES);

        tell("a", 1);
        tell("a", 2);

        assertThat(moves()).isEqualTo(2);
    }

    @Test
    void aSidecarThatWasStartedAgainNumbersFromOne() {
        attached.open("cart", "cart-1", ServiceKind.CLIENT, ChangeForm.SERVICES);
        tell("a", 1);
        tell("a", 2);

        tell("b", 1);

        assertThat(moves()).isEqualTo(3);
    }

    @Test
    void anotherSidecarsNumbersAreItsOwn() {
        attached.open("cart", "cart-1", ServiceKind.CLIENT, ChangeForm.SERVICES);
        attached.open("cart", "cart-2", ServiceKind.CLIENT, ChangeForm.SERVICES);
        tell("a", 1);

        attached.details(details("cart-2", "a", 1));

        assertThat(moves()).isEqualTo(2);
    }

    private void tell(String run, long number) {
        attached.details(details("cart-1", run, number));
    }

    private static SidecarDetails details(String instance, String run, long number) {
        SidecarDetails.Move move = new SidecarDetails.Move(
                new MeshEvent.BreakerMoved(
                        new EdgeId("cart", "catalog"),
                        instance,
                        "catalog-1",
                        BreakerState.CLOSED,
                        BreakerState.OPEN,
                        "5 failures in a row",
                        new CircuitReason.FailuresInARow(5)),
                5,
                number,
                run);
        SidecarDetails told = new SidecarDetails(
                "cart", instance, List.of(), List.of(), List.of(move), List.of(), SidecarDetails.Untold.NOTHING);
        return Json.readForeign(Json.text(told), SidecarDetails.class);
    }

    private long moves() {
        return mesh.controlPlane.events().after(0, 100).stream()
                .filter(recorded -> recorded.event() instanceof MeshEvent.BreakerMoved)
                .count();
    }
}
