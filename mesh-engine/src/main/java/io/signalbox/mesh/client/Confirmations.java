package io.signalbox.mesh.client;

import io.signalbox.mesh.client.MeshConnection.PolicyText;
import io.signalbox.mesh.model.ChangeNote;
import java.util.List;
import java.util.OptionalLong;

/** Changes of policies that wait for somebody to confirm them. Calls may block; safe from any thread. */
public interface Confirmations {

    /** What waits, in order of service. */
    List<PendingChange> pending();

    /**
     * Lets a change stand for good.
     *
     * @param expected the revision that the caller saw; another one in force is a conflict
     */
    void confirm(String service, OptionalLong expected, ChangeNote note);

    /** Takes it back at once; answers what holds now. */
    PolicyText revert(String service, OptionalLong expected, ChangeNote note);
}
