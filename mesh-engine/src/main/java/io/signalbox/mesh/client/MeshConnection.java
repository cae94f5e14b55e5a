package io.signalbox.mesh.client;

import io.signalbox.mesh.client.attach.SidecarStatus;
import io.signalbox.mesh.event.RecordedEvent;
import io.signalbox.mesh.model.BreakerCommand;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.Switch;
import io.signalbox.mesh.model.Weight;
import io.signalbox.mesh.model.status.MeshSnapshot;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * One connection to a mesh: what a console or a command needs, the same for the mesh inside this process and for one
 * behind a control plane's address.
 *
 * <p>Calls may block on the network, so not from a user-interface thread. A refused call throws a
 * {@link MeshException} that says why. Safe from any thread.
 */
public interface MeshConnection extends AutoCloseable {

    /** Where this leads, in words for a person: {@code embedded}, or a URL. */
    String address();

    /** The mesh as it is now. */
    MeshSnapshot snapshot();

    /**
     * Delivers each new snapshot, every half second or so, until the answer is closed. A remote connection that breaks
     * is tried again by itself; {@link SnapshotListener#disconnected} says so meanwhile.
     */
    Subscription subscribe(SnapshotListener listener);

    /** The newest events after that sequence, oldest first, at most {@code limit}. */
    List<RecordedEvent> events(long afterSequence, int limit);

    /** The services for which somebody wrote a policy that holds, also those without an instance, in order. */
    List<String> writtenPolicies();

    /** The policy in force as YAML, with its revision. */
    PolicyText policy(String service);

    /** Puts a policy in force; {@code text} is YAML or JSON of the policy format. */
    default PolicyText putPolicy(String text, ChangeNote note) {
        return putPolicy(text, OptionalLong.empty(), note);
    }

    /**
     * The same, unless somebody else was first.
     *
     * @param expected the revision that the caller saw; another one in force is a conflict
     */
    PolicyText putPolicy(String text, OptionalLong expected, ChangeNote note);

    void deletePolicy(String service, ChangeNote note);

    /** The newest revisions of a service's policy, newest first, 1,000 at most; empty when nobody wrote one. */
    List<PolicyChange> history(String service);

    /**
     * Who changed what, newest first.
     *
     * @param before only entries with a smaller sequence; {@link Long#MAX_VALUE} for the newest
     * @param limit at most so many
     */
    List<AuditEntry> audit(long before, int limit);

    /** Goes back to what held before the newest change that was not undone yet; answers what holds now. */
    default PolicyText undo(String service, ChangeNote note) {
        return undo(service, OptionalLong.empty(), note);
    }

    /**
     * The same. What waits to be confirmed is taken back as a whole.
     *
     * @param expected the revision that the caller saw; another one in force means {@code CONFLICT}
     */
    PolicyText undo(String service, OptionalLong expected, ChangeNote note);

    /**
     * Sets the share of some versions of a service; the others keep their proportions within what is left. Shares that
     * do not fit are refused.
     */
    void setWeights(String service, Map<String, Weight> weights, ChangeNote note);

    /**
     * Moves circuits by hand.
     *
     * @param circuits an edge such as {@code checkout->payment}, or one circuit such as {@code checkout-1->payment-2}
     * @return how many circuits were moved
     */
    int commandBreaker(String circuits, BreakerCommand command, ChangeNote note);

    /** Takes an instance out of balancing, its calls in flight go on; or puts it back. */
    void setDraining(String service, String instance, Switch draining, ChangeNote note);

    void switchFault(String fault, Switch position, ChangeNote note);

    void setLoad(double requestsPerSecond, ChangeNote note);

    /** Stops or starts the process of a scenario's instance: its port closes, its sidecar stays. */
    void switchInstance(String instance, Switch position, ChangeNote note);

    /** Puts a sidecar before an application that listens on loopback of the mesh's machine. */
    Adopted adopt(Adoption adoption, ChangeNote note);

    /** Takes an adopted instance out of the mesh; its application goes on. */
    void release(String instance, ChangeNote note);

    /** What was adopted and is there still, in order of instance. */
    List<Adopted> adopted();

    /** Sidecars in processes of their own that follow the control plane now, in order of service and instance. */
    default List<SidecarStatus> sidecars() {
        return List.of();
    }

    /** The control planes that share the mesh's store, in order of their ids; none where one has it for itself. */
    default List<ControlPlaneInfo> controlPlanes() {
        return List.of();
    }

    /**
     * The same mesh, where a change of a policy or of its shares is taken back by itself unless it is confirmed in time.
     * Closing either closes both.
     */
    default MeshConnection confirming(Duration within) {
        throw new MeshException(MeshException.Kind.NOT_FOUND, "confirmations: none (expected: a control plane)");
    }

    /** Writes into the audit log that a console which was read-only may change things for a while, and why. */
    default void recordUnlock(ChangeNote note) {
        throw new MeshException(MeshException.Kind.NOT_FOUND, "unlocks: none (expected: a control plane)");
    }

    /** Changes that wait to be confirmed. */
    default Confirmations confirmations() {
        throw new MeshException(MeshException.Kind.NOT_FOUND, "confirmations: none (expected: a control plane)");
    }

    /** Who may call whom, who does, and who was refused. */
    default AuthorizationStatus authorization() {
        throw new MeshException(
                MeshException.Kind.NOT_FOUND, "authorization: nothing known (expected: a control plane that says it)");
    }

    /** The certificates of the mesh's services, the newest first where their control plane signs them on request. */
    default List<CertificateInfo> identities() {
        throw new MeshException(
                MeshException.Kind.NOT_FOUND, "identities: none known (expected: a control plane that says them)");
    }

    /** Single requests: what came of them, and why. */
    Requests requests();

    /** Rollouts: how they stand, and what can be asked of them. */
    default Rollouts rollouts() {
        throw new MeshException(MeshException.Kind.NOT_FOUND, "rollouts: none (expected: a control plane)");
    }

    /** Circuits: why they opened. */
    Breakers breakers();

    /** Whom it lets in; a mesh within a console's process has its one token and no more. */
    default Trust trust() {
        throw new MeshException(
                MeshException.Kind.NOT_FOUND,
                "tokens: none but the mesh's own (expected: a control plane of its own, signalbox control-plane)");
    }

    @Override
    void close();

    /** A policy document and the revision that put it in force; 0 is the default that nobody wrote. */
    record PolicyText(String service, long revision, String yaml) {}

    /** Called on a thread of the connection; must not block. */
    interface SnapshotListener {

        void snapshot(MeshSnapshot snapshot);

        /** @param why in words for a person */
        default void disconnected(String why) {}
    }

    /** Ends with {@link #close}; closing twice does nothing. */
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
