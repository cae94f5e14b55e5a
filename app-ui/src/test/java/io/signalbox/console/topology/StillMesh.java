package io.signalbox.console.topology;

import io.signalbox.mesh.client.Adopted;
import io.signalbox.mesh.client.Adoption;
import io.signalbox.mesh.client.AuditEntry;
import io.signalbox.mesh.client.Breakers;
import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.MeshException;
import io.signalbox.mesh.client.PolicyChange;
import io.signalbox.mesh.client.Requests;
import io.signalbox.mesh.event.RecordedEvent;
import io.signalbox.mesh.model.BreakerCommand;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.Switch;
import io.signalbox.mesh.model.Weight;
import io.signalbox.mesh.model.status.MeshSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** A connection to a mesh that does nothing by itself: tests hand it what it delivers, and see what was asked. */
final class StillMesh implements MeshConnection {

    final List<SnapshotListener> listeners = new ArrayList<>();
    final List<RecordedEvent> events = new ArrayList<>();
    final List<String> commands = new ArrayList<>();
    private MeshSnapshot latest;

    StillMesh(MeshSnapshot first) {
        latest = first;
    }

    void deliver(MeshSnapshot snapshot) {
        latest = snapshot;
        listeners.forEach(listener -> listener.snapshot(snapshot));
    }

    void disconnect(String why) {
        listeners.forEach(listener -> listener.disconnected(why));
    }

    @Override
    public String address() {
        return "still";
    }

    @Override
    public MeshSnapshot snapshot() {
        return latest;
    }

    @Override
    public Subscription subscribe(SnapshotListener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public List<RecordedEvent> events(long afterSequence, int limit) {
        return events.stream().filter(event -> event.sequence() > afterSequence).toList();
    }

    @Override
    public List<String> writtenPolicies() {
        throw unsupported();
    }

    @Override
    public PolicyText policy(String service) {
        return new PolicyText(service, 12, """
            apiVersion: signalbox.io/v1
            kind: TrafficPolicy
            service: %s
            timeout: 2s
            loadBalancing: { strategy: least-request }
            circuitBreaker:
              failureThreshold: 5
              successThreshold: 2
              openDuration: 60s
            """.formatted(service));
    }

    @Override
    public PolicyText putPolicy(String text, OptionalLong expected, ChangeNote note) {
        throw unsupported();
    }

    @Override
    public void deletePolicy(String service, ChangeNote note) {
        throw unsupported();
    }

    @Override
    public List<PolicyChange> history(String service) {
        throw unsupported();
    }

    @Override
    public List<AuditEntry> audit(long before, int limit) {
        throw unsupported();
    }

    @Override
    public PolicyText undo(String service, OptionalLong expected, ChangeNote note) {
        throw unsupported();
    }

    @Override
    public void setWeights(String service, Map<String, Weight> weights, ChangeNote note) {
        throw unsupported();
    }

    @Override
    public int commandBreaker(String circuits, BreakerCommand command, ChangeNote note) {
        commands.add(command + " " + circuits + " because " + note.reason());
        return 1;
    }

    @Override
    public void setDraining(String service, String instance, Switch draining, ChangeNote note) {
        throw unsupported();
    }

    @Override
    public void switchFault(String fault, Switch position, ChangeNote note) {
        throw unsupported();
    }

    @Override
    public void setLoad(double requestsPerSecond, ChangeNote note) {
        throw unsupported();
    }

    @Override
    public void switchInstance(String instance, Switch position, ChangeNote note) {
        throw unsupported();
    }

    @Override
    public Adopted adopt(Adoption adoption, ChangeNote note) {
        throw unsupported();
    }

    @Override
    public void release(String instance, ChangeNote note) {
        throw unsupported();
    }

    @Override
    public List<Adopted> adopted() {
        throw unsupported();
    }

    @Override
    public Breakers breakers() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Requests requests() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        listeners.clear();
    }

    private static MeshException unsupported() {
        return new MeshException(MeshException.Kind.INVALID, "the still mesh does not do that");
    }
}
