package io.signalbox.console.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.MeshException;
import io.signalbox.mesh.explain.RequestFilter;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.status.MeshSnapshot;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The mesh that is only rehearsed with has a little of everything, and nothing changes it. */
class ExampleMeshTest {

    private final MeshConnection mesh = ExampleMesh.open();

    @Test
    void thereIsSomethingForEachScreenToShow() {
        List<MeshSnapshot> told = new ArrayList<>();
        mesh.subscribe(told::add).close();

        assertThat(told).containsExactly(mesh.snapshot());
        assertThat(mesh.snapshot().services()).hasSizeGreaterThan(5);
        assertThat(mesh.snapshot().breakers()).isNotEmpty();
        assertThat(mesh.snapshot().splits()).isNotEmpty();
        assertThat(mesh.events(0, 100)).isNotEmpty();
        assertThat(mesh.audit(Long.MAX_VALUE, 100)).isNotEmpty();
        assertThat(mesh.authorization().services()).isNotEmpty();
        assertThat(mesh.identities()).isNotEmpty();
        assertThat(mesh.requests().newest(RequestFilter.ALL, 100)).isNotEmpty();
        assertThat(mesh.rollouts().list()).isNotEmpty();
        assertThat(mesh.breakers().autopsy("checkout-1->payment-2").circuits()).isNotEmpty();
    }

    @Test
    void whatTheFileDoesNotAnswerIsNotFound() {
        assertThatExceptionOfType(MeshException.class)
                .isThrownBy(() -> mesh.requests().trace("1"))
                .withMessageContaining("requests.trace");
    }

    @Test
    void nothingChangesIt() {
        MeshSnapshot before = mesh.snapshot();
        mesh.setLoad(1, new ChangeNote("mira", ""));

        assertThat(mesh.snapshot()).isEqualTo(before);
    }
}
