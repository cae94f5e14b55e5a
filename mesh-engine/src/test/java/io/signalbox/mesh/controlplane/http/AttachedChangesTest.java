package io.signalbox.mesh.controlplane.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.client.attach.ChangeForm;
import io.signalbox.mesh.client.attach.MeshUpdate;
import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.controlplane.AttachedSidecar;
import io.signalbox.mesh.controlplane.AttachedSidecars;
import io.signalbox.mesh.model.status.ServiceKind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What sidecars of this and of an older program are told of a service that got an instance. */
final class AttachedChangesTest {

    private final HttpMesh http = new HttpMesh();
    private final AttachedSidecars attached = http.mesh.controlPlane.attached();

    @AfterEach
    void stop() {
        http.close();
    }

    @Test
    void eachIsToldInTheFormThatItAskedFor() throws InterruptedException {
        AttachedSidecar older = attached.open("cart", "cart-1", ServiceKind.CLIENT, ChangeForm.SERVICES);
        AttachedSidecar newer = attached.open("cart", "cart-2", ServiceKind.CLIENT, ChangeForm.DIFFERENCES);
        // A change that comes before everything was taken is a part of it.
        assertThat(next(older, MeshUpdate.MESH).services()).isNotEmpty();
        assertThat(next(newer, MeshUpdate.MESH).services()).isNotEmpty();

        http.mesh.register("reviews", "reviews-2", "v1");

        MeshUpdate whole = next(older, MeshUpdate.CHANGE);
        assertThat(whole.joined()).isEmpty();
        assertThat(whole.services())
                .singleElement()
                .satisfies(service -> assertThat(service.endpoints()).hasSize(2));
        MeshUpdate difference = next(newer, MeshUpdate.CHANGE);
        assertThat(difference.services()).isEmpty();
        assertThat(difference.joined()).singleElement().satisfies(joined -> {
            assertThat(joined.service()).isEqualTo("reviews");
            assertThat(joined.endpoints()).hasSize(1);
        });
        assertThat(difference.revision()).isEqualTo(whole.revision());
    }

    @Test
    void aFormThatIsNotThereIsRefused() {
        assertThat(http.as(
                                http.token("sidecar:cart"),
                                "GET",
                                "/api/v1/sidecars/config?service=cart&instance=cart-1&changes=all",
                                null)
                        .body())
                .contains("changes: all (expected: services | differences)");
    }

    private static MeshUpdate next(AttachedSidecar sidecar, String event) throws InterruptedException {
        while (true) {
            Optional<AttachedSidecar.Sending> next = sidecar.next(Duration.ofSeconds(5));
            AttachedSidecar.Sending sending = next.orElseThrow();
            if (sending.event().equals(event)) {
                return Json.read(new String(sending.data(), StandardCharsets.UTF_8), MeshUpdate.class);
            }
        }
    }
}
