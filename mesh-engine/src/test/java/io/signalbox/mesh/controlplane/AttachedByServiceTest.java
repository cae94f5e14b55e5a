package io.signalbox.mesh.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.client.attach.ChangeForm;
import io.signalbox.mesh.client.attach.SidecarStatus;
import io.signalbox.mesh.model.status.ServiceKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A service's token speaks for that service: the id of another's instance takes nothing away from it. */
final class AttachedByServiceTest {

    private final TestMesh mesh = new TestMesh();
    private final AttachedSidecars attached = mesh.controlPlane.attached();

    @AfterEach
    void stop() {
        mesh.close();
    }

    @Test
    void aStreamOfTheSameInstanceTakesThePlaceOfTheOlderOne() {
        AttachedSidecar older = attached.open("payment", "payment-1", ServiceKind.SERVICE, ChangeForm.SERVICES);
        AttachedSidecar newer = attached.open("payment", "payment-1", ServiceKind.SERVICE, ChangeForm.SERVICES);

        assertThat(older.ended()).isTrue();
        assertThat(newer.ended()).isFalse();
    }

    @Test
    void anotherServiceUnderTheSameIdLeavesItAlone() {
        AttachedSidecar own = attached.open("payment", "payment-1", ServiceKind.SERVICE, ChangeForm.SERVICES);
        attached.open("catalog", "payment-1", ServiceKind.SERVICE, ChangeForm.SERVICES);

        assertThat(own.ended()).isFalse();
        assertThat(attached.list()).extracting(SidecarStatus::service).containsExactly("catalog", "payment");
    }
}
