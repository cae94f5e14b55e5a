package io.signalbox.mesh.controlplane.http;

import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.remote.RemoteMesh;
import io.signalbox.mesh.controlplane.RolloutConnectionSuite;
import io.signalbox.mesh.controlplane.TestMesh;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;

class RemoteRolloutsTest extends RolloutConnectionSuite {

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
}
