package io.signalbox.console.feed;

import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.model.status.MeshSnapshot;

/** One who hears of the mesh, and of another part of what it said last. */
public interface PartListener extends MeshConnection.SnapshotListener {

    /** Another part of the newest picture: the mesh said nothing, so neither its age nor the connection changes. */
    void otherPart(MeshSnapshot picture);
}
