package io.signalbox.mesh.controlplane.http;

import static io.signalbox.mesh.controlplane.TestMesh.NOTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.MeshException;
import io.signalbox.mesh.client.remote.RemoteMesh;
import io.signalbox.mesh.config.AccessToken;
import io.signalbox.mesh.controlplane.Doorkeeper;
import io.signalbox.mesh.controlplane.MeshConnectionSuite;
import io.signalbox.mesh.controlplane.TestMesh;
import io.signalbox.mesh.model.status.MeshSnapshot;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RemoteMeshTest extends MeshConnectionSuite {

    private final HttpMesh http = new HttpMesh();
    private final RemoteMesh connection = new RemoteMesh(http.server.uri(), http.token, new Random(2));

    @AfterEach
    void stop() {
        connection.close();
        http.close();
    }

    @Override
    protected TestMesh mesh() {
        return http.mesh;
    }

    @Override
    protected MeshConnection connection() {
        return connection;
    }

    @Test
    void aWrongTokenIsForbidden() {
        try (RemoteMesh stranger =
                new RemoteMesh(http.server.uri(), AccessToken.generate(new Random(3)), new Random(4))) {
            assertThatThrownBy(stranger::snapshot)
                    .isInstanceOfSatisfying(
                            MeshException.class, e -> assertThat(e.kind()).isEqualTo(MeshException.Kind.FORBIDDEN))
                    .hasMessageContaining("token file");
        }
    }

    @Test
    void aControlPlaneThatIsGoneIsUnavailable() {
        http.server.close();

        assertThatThrownBy(() -> connection.setLoad(1, NOTE))
                .isInstanceOfSatisfying(
                        MeshException.class, e -> assertThat(e.kind()).isEqualTo(MeshException.Kind.UNAVAILABLE))
                .hasMessageContaining("control-plane: " + http.server.uri() + " does not answer");
    }

    @Test
    void aBrokenSubscriptionSaysSoAndComesBackByItself() {
        List<MeshSnapshot> seen = new CopyOnWriteArrayList<>();
        List<String> breaks = new CopyOnWriteArrayList<>();
        int port = http.server.port();
        connection.subscribe(new MeshConnection.SnapshotListener() {
            @Override
            public void snapshot(MeshSnapshot snapshot) {
                seen.add(snapshot);
            }

            @Override
            public void disconnected(String why) {
                breaks.add(why);
            }
        });
        await().until(() -> !seen.isEmpty());
        http.server.close();
        await().until(() -> !breaks.isEmpty());
        seen.clear();

        try (ControlPlaneServer _ =
                ControlPlaneServer.start(http.mesh.controlPlane, Doorkeeper.of(http.token), port, (_, _) -> {})) {
            await().until(() -> !seen.isEmpty());
        }
    }
}
