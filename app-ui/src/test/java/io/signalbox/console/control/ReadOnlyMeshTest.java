package io.signalbox.console.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.console.fixture.FakeMesh;
import io.signalbox.console.fixture.RolloutSketch;
import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.MeshException;
import io.signalbox.mesh.model.ChangeNote;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ReadOnlyMeshTest {

    private static final ChangeNote NOTE = new ChangeNote("mira", "why not");

    @Test
    void whileLockedRolloutsAreReadAndNotMoved() {
        FakeMesh mesh = new FakeMesh();
        RolloutSketch.of(mesh);
        AtomicBoolean locked = new AtomicBoolean(true);
        MeshConnection shut = ReadOnlyMesh.over(mesh, locked::get);

        assertThat(shut.rollouts().list()).hasSize(3);
        assertThat(shut.rollouts().current("catalog")).isPresent();
        assertThat(shut.rollouts().history("catalog")).hasSize(2);
        assertThatThrownBy(() -> shut.rollouts().promote("catalog", OptionalLong.empty(), NOTE))
                .isInstanceOfSatisfying(
                        MeshException.class,
                        refused -> assertThat(refused.kind()).isEqualTo(MeshException.Kind.FORBIDDEN));
        assertThat(mesh.asked()).isEmpty();

        locked.set(false);
        shut.rollouts().promote("catalog", OptionalLong.empty(), NOTE);
        assertThat(mesh.asked()).containsExactly("promote catalog by mira: why not");
    }
}
