package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.model.BreakerCommand;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.MeshConfig;
import io.signalbox.mesh.model.status.ServiceKind;
import io.signalbox.mesh.tls.ServiceIdentity;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The control plane's end of one sidecar.
 *
 * <p>Methods must return quickly and must not call the control plane back. {@link #apply} and {@link #report} are each
 * called by one thread at a time, the others by any thread.
 */
public interface SidecarLink {

    String service();

    String instanceId();

    /** Whether its application is called by others or only calls. */
    ServiceKind kind();

    /** Whether it is told by {@link #apply}; others are by {@link SidecarFeed}, one change after the other. */
    default boolean takesWhole() {
        return true;
    }

    /** From now on requests follow this; revisions only grow. */
    void apply(MeshConfig config);

    /** What happened since this was last called, and where its circuits stand now. */
    SidecarReport report();

    /**
     * Moves the circuits to those endpoints.
     *
     * @return how many circuits were moved, 0 when the sidecar has none to any of them; never completed by a sidecar in
     *     another process that does not answer, completed with {@link SilentSidecarException} by one that goes
     */
    CompletableFuture<Integer> breaker(List<String> endpointInstances, BreakerCommand command, ChangeNote note);

    /** What it proves to be now; empty without a certificate, and of a sidecar in another process. */
    default Optional<ServiceIdentity> identity() {
        return Optional.empty();
    }

    /** Why the circuit to that endpoint last opened by itself; empty when it never has. Completed as {@link #breaker} is. */
    CompletableFuture<Optional<LastOpening>> lastOpening(String endpointInstance);
}
