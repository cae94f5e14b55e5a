package io.signalbox.console.connections;

import io.signalbox.console.profiles.ConnectionProfile;
import io.signalbox.mesh.client.MeshConnection;
import java.util.Optional;

/** Puts the whole console on another mesh. Used on the FX thread. */
public interface Switchboard {

    /** Where the console began: {@code embedded}, or an address. */
    String home();

    /** The profile that the console is on; empty where it began. */
    Optional<ConnectionProfile> attached();

    /** Leaves the mesh that is shown and shows this one; closes the connection when it is left. */
    void attach(ConnectionProfile profile, MeshConnection connection);

    /** Goes back to where the console began. */
    void detach();
}
