package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.client.MeshConnection;
import org.junit.jupiter.api.AfterEach;

class EmbeddedRolloutsTest extends RolloutConnectionSuite {

    private final TestMesh mesh = new TestMesh();
    private final EmbeddedMesh connection = new EmbeddedMesh(mesh.controlPlane);

    @AfterEach
    void stop() {
        connection.close();
        mesh.close();
    }

    @Override
    protected TestMesh mesh() {
        return mesh;
    }

    @Override
    protected MeshConnection connection() {
        return connection;
    }
}
