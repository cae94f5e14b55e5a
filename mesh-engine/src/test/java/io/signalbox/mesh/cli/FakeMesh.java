package io.signalbox.mesh.cli;

import io.signalbox.mesh.autopsy.BreakerAutopsy;
import io.signalbox.mesh.client.Adopted;
import io.signalbox.mesh.client.Adoption;
import io.signalbox.mesh.client.AuditEntry;
import io.signalbox.mesh.client.Breakers;
import io.signalbox.mesh.client.ControlPlaneInfo;
import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.MeshException;
import io.signalbox.mesh.client.PolicyChange;
import io.signalbox.mesh.client.Requests;
import io.signalbox.mesh.client.Rollouts;
import io.signalbox.mesh.client.Trust;
import io.signalbox.mesh.client.attach.IdentityReport;
import io.signalbox.mesh.client.attach.SidecarStatus;
import io.signalbox.mesh.config.PolicyFormat;
import io.signalbox.mesh.event.MeshEvent;
import io.signalbox.mesh.event.RecordedEvent;
import io.signalbox.mesh.model.BreakerCommand;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.Switch;
import io.signalbox.mesh.model.TrafficPolicy;
import io.signalbox.mesh.model.Weight;
import io.signalbox.mesh.model.status.MeshSnapshot;
import io.signalbox.mesh.model.status.ServiceKind;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** A mesh that keeps what it was asked, always shows the same, and refuses everything once told to. */
final class FakeMesh implements MeshConnection {

    final List<String> asked = new CopyOnWriteArrayList<>();
    final List<SnapshotListener> listeners = new CopyOnWriteArrayList<>();
    final CountDownLatch subscribed = new CountDownLatch(1);
    final FakeRequests requests = new FakeRequests(asked);
    final FakeRollouts rollouts = new FakeRollouts(asked);
    List<AuditEntry> audit = List.of();
    List<String> written = List.of();
    MeshSnapshot picture = Fixtures.snapshot();

    @Nullable
    BreakerAutopsy autopsy;

    @Nullable
    MeshException refusal;

    @Nullable
    String unreadable;

    boolean closed;

    @Override
    public Trust trust() {
        refuse();
        return new FakeTrust(asked);
    }

    @Override
    public List<ControlPlaneInfo> controlPlanes() {
        refuse();
        return List.of(
                new ControlPlaneInfo(
                        "1f", URI.create("https://a.test:9090"), Fixtures.NOON, ControlPlaneInfo.Role.LEADS, false),
                new ControlPlaneInfo(
                        "2e", URI.create("https://b.test:9090"), Fixtures.NOON, ControlPlaneInfo.Role.CUT_OFF, true));
    }

    @Override
    public List<SidecarStatus> sidecars() {
        refuse();
        return List.of(
                new SidecarStatus("catalog", "catalog-1", ServiceKind.SERVICE, Fixtures.NOON, 3, 3, List.of(), null),
                new SidecarStatus(
                        "pricing",
                        "pricing-1",
                        ServiceKind.SERVICE,
                        Fixtures.NOON,
                        3,
                        3,
                        List.of(),
                        new IdentityReport(
                                "1f", Fixtures.NOON.plusSeconds(3_600), List.of("ab12"), "it is not renewed")));
    }

    @Override
    public Rollouts rollouts() {
        refuse();
        return rollouts;
    }

    @Override
    public String address() {
        return "http://127.0.0.1:9090";
    }

    @Override
    public MeshSnapshot snapshot() {
        refuse();
        return picture;
    }

    @Override
    public Subscription subscribe(SnapshotListener listener) {
        refuse();
        listeners.add(listener);
        subscribed.countDown();
        return () -> listeners.remove(listener);
    }

    @Override
    public List<RecordedEvent> events(long afterSequence, int limit) {
        refuse();
        return List.of(new RecordedEvent(41, Fixtures.NOON, new MeshEvent.ControlPlaneStarted("corner-shop")));
    }

    @Override
    public List<String> writtenPolicies() {
        refuse();
        return written;
    }

    @Override
    public PolicyText policy(String service) {
        refuse();
        if (service.equals("shoppers")) {
            throw new MeshException(MeshException.Kind.NOT_FOUND, "service: shoppers (expected: one of catalog)");
        }
        return new PolicyText(
                service, 3, unreadable == null ? PolicyFormat.yaml(TrafficPolicy.defaults(service)) : unreadable);
    }

    @Override
    public PolicyText putPolicy(String text, OptionalLong expected, ChangeNote note) {
        String service = PolicyFormat.read(text).service();
        keep("put " + service, note);
        return new PolicyText(service, 4, text);
    }

    @Override
    public void deletePolicy(String service, ChangeNote note) {
        keep("delete " + service, note);
    }

    @Override
    public List<PolicyChange> history(String service) {
        keep("history " + service, Optional.empty());
        return List.of(
                new PolicyChange(
                        2,
                        Fixtures.NOON,
                        "mira",
                        "lunch",
                        PolicyChange.Change.WEIGHTS,
                        new Weight(30),
                        PolicyFormat.yaml(TrafficPolicy.defaults(service))),
                new PolicyChange(
                        1,
                        Fixtures.NOON,
                        "api",
                        "",
                        PolicyChange.Change.PUT,
                        null,
                        PolicyFormat.yaml(TrafficPolicy.defaults(service))));
    }

    @Override
    public List<AuditEntry> audit(long before, int limit) {
        keep("audit " + before + " " + limit, Optional.empty());
        return audit.stream()
                .filter(entry -> entry.sequence() < before)
                .limit(limit)
                .toList();
    }

    @Override
    public PolicyText undo(String service, OptionalLong expected, ChangeNote note) {
        keep("undo " + service, note);
        return new PolicyText(service, 5, PolicyFormat.yaml(TrafficPolicy.defaults(service)));
    }

    @Override
    public void setWeights(String service, Map<String, Weight> weights, ChangeNote note) {
        keep("weights " + service + " " + weights, note);
    }

    @Override
    public int commandBreaker(String circuits, BreakerCommand command, ChangeNote note) {
        keep(command + " " + circuits, note);
        return 2;
    }

    @Override
    public void setDraining(String service, String instance, Switch draining, ChangeNote note) {
        keep("draining " + service + " " + instance + " " + draining, note);
    }

    @Override
    public void switchFault(String fault, Switch position, ChangeNote note) {
        keep("fault " + fault + " " + position, note);
    }

    @Override
    public void setLoad(double requestsPerSecond, ChangeNote note) {
        keep("load " + requestsPerSecond, note);
    }

    @Override
    public void switchInstance(String instance, Switch position, ChangeNote note) {
        keep("instance " + instance + " " + position, note);
    }

    @Override
    public Adopted adopt(Adoption adoption, ChangeNote note) {
        keep("adopt " + adoption.service() + ":" + adoption.version() + " at " + adoption.port(), note);
        return new Adopted(
                adoption.service(),
                adoption.version(),
                adoption.instance().orElse(adoption.service() + "-1"),
                adoption.protocol(),
                adoption.port(),
                20001,
                20002,
                20003,
                Map.of());
    }

    @Override
    public void release(String instance, ChangeNote note) {
        keep("release " + instance, note);
    }

    @Override
    public List<Adopted> adopted() {
        return List.of();
    }

    @Override
    public Breakers breakers() {
        refuse();
        return circuits -> {
            asked.add("autopsy " + circuits);
            return Objects.requireNonNull(autopsy);
        };
    }

    @Override
    public Requests requests() {
        refuse();
        return requests;
    }

    @Override
    public void close() {
        closed = true;
    }

    private void keep(String what, ChangeNote note) {
        keep(what, Optional.of(note));
    }

    private void keep(String what, Optional<ChangeNote> note) {
        refuse();
        asked.add(what
                + note.map(n -> " by " + n.by() + (n.reason().isEmpty() ? "" : " because " + n.reason()))
                        .orElse(""));
    }

    private void refuse() {
        if (refusal != null) {
            throw refusal;
        }
    }
}
