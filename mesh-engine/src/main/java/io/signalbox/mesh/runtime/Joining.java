package io.signalbox.mesh.runtime;

import io.signalbox.mesh.model.ServiceInstance;

/** How instances come into a mesh. */
public interface Joining {

    /** Starts a sidecar for the instance, issues its identity, and registers it if it can be called. */
    MeshMember join(MemberSpec spec);

    /** Registers what is called in plain text, outside the mesh; the mesh keeps its heartbeat. */
    void registerExternal(ServiceInstance instance);
}
