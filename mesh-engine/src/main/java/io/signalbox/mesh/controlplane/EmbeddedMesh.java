package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.canary.rollout.WrongPhaseException;
import io.signalbox.mesh.client.Adopted;
import io.signalbox.mesh.client.Adoption;
import io.signalbox.mesh.client.AuditEntry;
import io.signalbox.mesh.client.AuthorizationStatus;
import io.signalbox.mesh.client.Breakers;
import io.signalbox.mesh.client.CertificateInfo;
import io.signalbox.mesh.client.Confirmations;
import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.MeshException;
import io.signalbox.mesh.client.PendingChange;
import io.signalbox.mesh.client.PolicyChange;
import io.signalbox.mesh.client.Requests;
import io.signalbox.mesh.client.Rollouts;
import io.signalbox.mesh.client.attach.SidecarStatus;
import io.signalbox.mesh.config.InvalidDocumentException;
import io.signalbox.mesh.config.PolicyFormat;
import io.signalbox.mesh.event.RecordedEvent;
import io.signalbox.mesh.model.BreakerCommand;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.model.Switch;
import io.signalbox.mesh.model.UnknownNameException;
import io.signalbox.mesh.model.Weight;
import io.signalbox.mesh.model.status.MeshSnapshot;
import io.signalbox.mesh.store.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** A connection to the control plane in this process. Safe from any thread; closing it leaves the mesh running. */
public final class EmbeddedMesh implements MeshConnection {

    private static final int REVISIONS = 1_000;

    private final ControlPlane controlPlane;
    private final Optional<Duration> within;

    public EmbeddedMesh(ControlPlane controlPlane) {
        this(controlPlane, Optional.empty());
    }

    private EmbeddedMesh(ControlPlane controlPlane, Optional<Duration> within) {
        this.controlPlane = controlPlane;
        this.within = within;
    }

    @Override
    public MeshConnection confirming(Duration time) {
        return call(() -> new EmbeddedMesh(controlPlane, Optional.of(PendingChange.within(time))));
    }

    @Override
    public void recordUnlock(ChangeNote note) {
        run(() -> controlPlane.audit().recordUnlock(note));
    }

    @Override
    public Confirmations confirmations() {
        PolicyControl policies = controlPlane.policies();
        return new Confirmations() {
            @Override
            public List<PendingChange> pending() {
                return policies.pending();
            }

            @Override
            public void confirm(String service, OptionalLong expected, ChangeNote note) {
                run(() -> policies.confirm(service, expected, note));
            }

            @Override
            public PolicyText revert(String service, OptionalLong expected, ChangeNote note) {
                return call(() -> text(policies.revert(service, expected, note)));
            }
        };
    }

    @Override
    public String address() {
        return "embedded";
    }

    @Override
    public MeshSnapshot snapshot() {
        return controlPlane.snapshot();
    }

    @Override
    public Subscription subscribe(SnapshotListener listener) {
        Runnable leave = controlPlane.subscribe(listener::snapshot);
        listener.snapshot(controlPlane.snapshot());
        return leave::run;
    }

    @Override
    public List<SidecarStatus> sidecars() {
        return controlPlane.attached().list();
    }

    @Override
    public List<RecordedEvent> events(long afterSequence, int limit) {
        return controlPlane.events().after(afterSequence, limit);
    }

    @Override
    public List<String> writtenPolicies() {
        return List.copyOf(controlPlane.policies().all().keySet());
    }

    @Override
    public PolicyText policy(String service) {
        return call(() -> text(controlPlane.policies().current(service)));
    }

    @Override
    public PolicyText putPolicy(String text, OptionalLong expected, ChangeNote note) {
        return call(() -> text(controlPlane.policies().put(PolicyFormat.read(text), expected, note, within)));
    }

    @Override
    public void deletePolicy(String service, ChangeNote note) {
        run(() -> controlPlane.policies().delete(service, OptionalLong.empty(), note, within));
    }

    @Override
    public List<PolicyChange> history(String service) {
        return call(() -> controlPlane.policies().history(service, Long.MAX_VALUE, REVISIONS).stream()
                .map(EmbeddedMesh::change)
                .toList());
    }

    @Override
    public List<AuditEntry> audit(long before, int limit) {
        return call(() -> controlPlane.audit().newestFirst(before, limit));
    }

    @Override
    public PolicyText undo(String service, OptionalLong expected, ChangeNote note) {
        return call(() -> text(controlPlane.policies().undo(service, expected, note)));
    }

    @Override
    public void setWeights(String service, Map<String, Weight> weights, ChangeNote note) {
        run(() -> controlPlane.policies().setWeights(service, weights, note, within));
    }

    @Override
    public int commandBreaker(String circuits, BreakerCommand command, ChangeNote note) {
        return call(() -> controlPlane.breakers().command(circuits, command, note));
    }

    @Override
    public void setDraining(String service, String instance, Switch draining, ChangeNote note) {
        run(() -> controlPlane.members().setDraining(service, instance, draining, note));
    }

    @Override
    public void switchFault(String fault, Switch position, ChangeNote note) {
        run(() -> controlPlane.scenario().switchFault(fault, position, note));
    }

    @Override
    public void setLoad(double requestsPerSecond, ChangeNote note) {
        run(() -> controlPlane.scenario().setLoad(requestsPerSecond, note));
    }

    @Override
    public void switchInstance(String instance, Switch position, ChangeNote note) {
        run(() -> controlPlane.scenario().switchInstance(instance, position, note));
    }

    @Override
    public Adopted adopt(Adoption adoption, ChangeNote note) {
        return call(() -> controlPlane.adoptions().adopt(adoption, note));
    }

    @Override
    public void release(String instance, ChangeNote note) {
        run(() -> controlPlane.adoptions().release(instance, note));
    }

    @Override
    public List<Adopted> adopted() {
        return controlPlane.adoptions().adopted();
    }

    @Override
    public AuthorizationStatus authorization() {
        return controlPlane.authorization();
    }

    @Override
    public List<CertificateInfo> identities() {
        return controlPlane.certificates();
    }

    @Override
    public Requests requests() {
        return new EmbeddedRequests(controlPlane.requests(), controlPlane.whatIf());
    }

    @Override
    public Rollouts rollouts() {
        return new EmbeddedRollouts(controlPlane.rollouts());
    }

    @Override
    public Breakers breakers() {
        return circuits -> call(() -> controlPlane.breakers().autopsy(circuits));
    }

    @Override
    public void close() {}

    private static PolicyText text(PolicyRevision revision) {
        return new PolicyText(revision.service(), revision.revision(), PolicyFormat.yaml(revision.policy()));
    }

    private static PolicyChange change(PolicyRevision revision) {
        PolicyChange.Change change = switch (revision.change()) {
            case PUT -> PolicyChange.Change.PUT;
            case WEIGHTS -> PolicyChange.Change.WEIGHTS;
            case DELETED -> PolicyChange.Change.DELETED;
            case UNDONE -> PolicyChange.Change.UNDONE;
            case CLEARED -> PolicyChange.Change.CLEARED;
            case NONE -> throw new IllegalStateException("What nobody wrote is in no history");
        };
        return new PolicyChange(
                revision.revision(),
                revision.at(),
                revision.note().by(),
                revision.note().reason(),
                change,
                revision.candidateWeight().isPresent()
                        ? revision.candidateWeight().get()
                        : null,
                PolicyFormat.yaml(revision.policy()));
    }

    private static void run(Runnable call) {
        call(() -> {
            call.run();
            return true;
        });
    }

    static <T> T call(Supplier<T> call) {
        try {
            return call.get();
        } catch (InvalidValueException | InvalidDocumentException e) {
            throw new MeshException(MeshException.Kind.INVALID, String.valueOf(e.getMessage()));
        } catch (UnknownNameException | NoScenarioException | NeverOpenedException e) {
            throw new MeshException(MeshException.Kind.NOT_FOUND, String.valueOf(e.getMessage()));
        } catch (StoreException | SilentSidecarException e) {
            throw new MeshException(MeshException.Kind.UNAVAILABLE, String.valueOf(e.getMessage()));
        } catch (StaleRevisionException | WrongPhaseException e) {
            throw new MeshException(MeshException.Kind.CONFLICT, String.valueOf(e.getMessage()));
        }
    }
}
