package io.signalbox.mesh.client.remote;

import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.model.status.MeshSnapshot;

/** Reads snapshots. For the thread of its stream. */
final class SnapshotReader implements EventStream.Reader {

    private final MeshConnection.SnapshotListener listener;
    private long lastSeen;

    SnapshotReader(MeshConnection.SnapshotListener listener) {
        this.listener = listener;
    }

    @Override
    public String name() {
        return "snapshots";
    }

    @Override
    public String path() {
        return "/api/v1/stream";
    }

    @Override
    public long lastSeen() {
        return lastSeen;
    }

    @Override
    public void event(String name, String data) {
        MeshSnapshot snapshot = Json.readShown(data, MeshSnapshot.class);
        lastSeen = snapshot.sequence();
        EventStream.tell(() -> listener.snapshot(snapshot));
    }

    @Override
    public void disconnected(String why) {
        EventStream.tell(() -> listener.disconnected(why));
        lastSeen = 0;
    }
}
