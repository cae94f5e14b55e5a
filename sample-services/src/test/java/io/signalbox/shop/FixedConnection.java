package io.signalbox.shop;

import io.signalbox.mesh.client.Adopted;
import io.signalbox.mesh.client.Adoption;
import io.signalbox.mesh.client.AuditEntry;
import io.signalbox.mesh.client.Breakers;
import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.PolicyChange;
import io.signalbox.mesh.client.Requests;
import io.signalbox.mesh.config.PolicyFormat;
import io.signalbox.mesh.event.RecordedEvent;
import io.signalbox.mesh.model.BreakerCommand;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.Switch;
import io.signalbox.mesh.model.TrafficPolicy;
import io.signalbox.mesh.model.Weight;
import io.signalbox.mesh.model.status.MeshSnapshot;
import io.signalbox.mesh.model.status.TrafficStats;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** A connection that always shows the same picture, takes any policy without keeping it, and no other orders. */
public record FixedConnection(MeshSnapshot snapshot) implements MeshConnection {

    public static FixedConnection idle() {
        Instant start = Instant.parse("2026-01-01T00:00:00Z");
        return new FixedConnection(new MeshSnapshot(
                1, 0, start, "test", start, TrafficStats.NONE, 0, 0, List.of(), List.of(), List.of(), List.of(), null));
    }

    @Override
    public String address() {
        return "fixed";
    }

    @Override
    public Subscription subscribe(SnapshotListener listener) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<RecordedEvent> events(long afterSequence, int limit) {
        return List.of();
    }

    @Override
    public List<String> writtenPolicies() {
        return List.of();
    }

    @Override
    public PolicyText policy(String service) {
        return new PolicyText(service, 0, PolicyFormat.yaml(TrafficPolicy.defaults(service)));
    }

    @Override
    public PolicyText putPolicy(String text, OptionalLong expected, ChangeNote note) {
        return new PolicyText(PolicyFormat.read(text).service(), 1, text);
    }

    @Override
    public void deletePolicy(String service, ChangeNote note) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<PolicyChange> history(String service) {
        return List.of();
    }

    @Override
    public List<AuditEntry> audit(long before, int limit) {
        return List.of();
    }

    @Override
    public PolicyText undo(String service, OptionalLong expected, ChangeNote note) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void setWeights(String service, Map<String, Weight> weights, ChangeNote note) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int commandBreaker(String circuits, BreakerCommand command, ChangeNote note) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void setDraining(String service, String instance, Switch draining, ChangeNote note) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void switchFault(String fault, Switch position, ChangeNote note) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void setLoad(double requestsPerSecond, ChangeNote note) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void switchInstance(String instance, Switch position, ChangeNote note) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Adopted adopt(Adoption adoption, ChangeNote note) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void release(String instance, ChangeNote note) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Adopted> adopted() {
        throw new UnsupportedOperationException();
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
    public void close() {}
}
