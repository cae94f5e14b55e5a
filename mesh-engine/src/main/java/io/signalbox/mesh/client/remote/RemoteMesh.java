package io.signalbox.mesh.client.remote;

import io.signalbox.mesh.client.Adopted;
import io.signalbox.mesh.client.Adoption;
import io.signalbox.mesh.client.AuditEntry;
import io.signalbox.mesh.client.AuthorizationStatus;
import io.signalbox.mesh.client.Breakers;
import io.signalbox.mesh.client.CertificateInfo;
import io.signalbox.mesh.client.Confirmations;
import io.signalbox.mesh.client.ControlPlaneInfo;
import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.PendingChange;
import io.signalbox.mesh.client.PolicyChange;
import io.signalbox.mesh.client.Requests;
import io.signalbox.mesh.client.Rollouts;
import io.signalbox.mesh.client.Trust;
import io.signalbox.mesh.client.attach.SidecarStatus;
import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.config.AccessToken;
import io.signalbox.mesh.config.PolicyFormat;
import io.signalbox.mesh.event.RecordedEvent;
import io.signalbox.mesh.model.BreakerCommand;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.DurationText;
import io.signalbox.mesh.model.Switch;
import io.signalbox.mesh.model.Weight;
import io.signalbox.mesh.model.status.MeshSnapshot;
import io.signalbox.mesh.time.Ticker;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/** A connection to a control plane behind an address. Safe from any thread; closing it ends its subscriptions. */
public final class RemoteMesh implements MeshConnection {

    /** Of a list that is not asked for in pages. */
    private static final int MOST = 1_000;

    private static final TypeReference<List<ControlPlaneInfo>> CONTROL_PLANES = new TypeReference<>() {};
    private static final TypeReference<List<SidecarStatus>> SIDECARS = new TypeReference<>() {};
    private static final TypeReference<List<Adopted>> ADOPTED = new TypeReference<>() {};

    private static final TypeReference<Map<String, Written>> WRITTEN = new TypeReference<>() {};

    private final Addresses addresses;
    private final HttpCalls http;
    private final RandomGenerator jitter;
    private final Set<EventStream> streams;
    private final Optional<Duration> within;

    /**
     * @param address such as {@code http://127.0.0.1:9090}
     * @param jitter spreads the attempts to connect again
     */
    public RemoteMesh(URI address, AccessToken token, RandomGenerator jitter) {
        this(address, token, jitter, Optional.empty());
    }

    /** @param tls whom to believe behind {@code https}; empty for the roots of the Java runtime */
    public RemoteMesh(URI address, AccessToken token, RandomGenerator jitter, Optional<SSLContext> tls) {
        this(List.of(address), token, jitter, tls);
    }

    /**
     * To one of several control planes of a mesh, and to the next when that cannot be reached.
     *
     * @param controlPlanes in the order in which they are tried
     */
    public RemoteMesh(List<URI> controlPlanes, AccessToken token, RandomGenerator jitter, Optional<SSLContext> tls) {
        this.addresses = new Addresses(controlPlanes);
        this.http = new HttpCalls(addresses, Optional.of(token), tls);
        this.jitter = jitter;
        this.streams = ConcurrentHashMap.newKeySet();
        this.within = Optional.empty();
        // what is shown is of the control plane that is asked
        Runnable _ = addresses.listen(() -> streams.forEach(EventStream::reconnect));
    }

    private RemoteMesh(RemoteMesh same, Duration within) {
        this.addresses = same.addresses;
        this.http = same.http;
        this.jitter = same.jitter;
        this.streams = same.streams;
        this.within = Optional.of(within);
    }

    @Override
    public MeshConnection confirming(Duration time) {
        return new RemoteMesh(this, PendingChange.within(time));
    }

    @Override
    public void recordUnlock(ChangeNote note) {
        http.post("/api/v1/audit/unlocks", note);
    }

    @Override
    public Confirmations confirmations() {
        return new RemoteConfirmations(http);
    }

    @Override
    public String address() {
        return addresses.now().toString();
    }

    @Override
    public MeshSnapshot snapshot() {
        return http.get("/api/v1/snapshot").as(MeshSnapshot.class);
    }

    @Override
    public Subscription subscribe(SnapshotListener listener) {
        return follow(new SnapshotReader(listener, Ticker.system()));
    }

    @Override
    public List<SidecarStatus> sidecars() {
        return http.get("/api/v1/sidecars").as(SIDECARS);
    }

    @Override
    public List<ControlPlaneInfo> controlPlanes() {
        return http.get("/api/v1/control-planes").as(CONTROL_PLANES);
    }

    @Override
    public List<RecordedEvent> events(long afterSequence, int limit) {
        return http.get("/api/v1/events?after=" + afterSequence + "&limit=" + limit)
                .first(limit, RecordedEvent.class);
    }

    @Override
    public List<String> writtenPolicies() {
        return http.get("/api/v1/policies").as(WRITTEN).keySet().stream()
                .sorted()
                .toList();
    }

    @Override
    public PolicyText policy(String service) {
        return policyText(service, http.getYaml("/api/v1/policies/" + HttpCalls.encoded(service)));
    }

    /** Reads the text before sending it, so that a refusal points at the line that the caller wrote. */
    @Override
    public PolicyText putPolicy(String text, OptionalLong expected, ChangeNote note) {
        String service = HttpCalls.refusing(() -> PolicyFormat.read(text).service());
        return policyText(
                service,
                http.putYaml(
                        "/api/v1/policies/" + HttpCalls.encoded(service) + asked(note) + confirmed("&"),
                        text,
                        expected));
    }

    @Override
    public void deletePolicy(String service, ChangeNote note) {
        http.delete("/api/v1/policies/" + HttpCalls.encoded(service) + asked(note) + confirmed("&"));
    }

    @Override
    public List<PolicyChange> history(String service) {
        return http
                .get("/api/v1/policies/" + HttpCalls.encoded(service) + "/history?limit=" + MOST)
                .first(MOST, Revision.class)
                .stream()
                .map(Revision::asChange)
                .toList();
    }

    @Override
    public List<AuditEntry> audit(long before, int limit) {
        return http.get("/api/v1/audit?limit=" + limit + (before == Long.MAX_VALUE ? "" : "&before=" + before))
                .first(limit, AuditEntry.class);
    }

    @Override
    public PolicyText undo(String service, OptionalLong expected, ChangeNote note) {
        return policyText(
                service, http.postMatching("/api/v1/policies/" + HttpCalls.encoded(service) + "/undo", note, expected));
    }

    @Override
    public void setWeights(String service, Map<String, Weight> weights, ChangeNote note) {
        http.post(
                "/api/v1/canaries/" + HttpCalls.encoded(service) + "/weight" + confirmed("?"),
                Map.of("weights", weights, "by", note.by(), "reason", note.reason()));
    }

    @Override
    public int commandBreaker(String circuits, BreakerCommand command, ChangeNote note) {
        String verb = command.name().toLowerCase(Locale.ROOT);
        return http.post("/api/v1/breakers/" + HttpCalls.encoded(circuits) + "/" + verb, note)
                .as(Moved.class)
                .moved();
    }

    @Override
    public void setDraining(String service, String instance, Switch draining, ChangeNote note) {
        String verb = switch (draining) {
            case ON -> "drain";
            case OFF -> "undrain";
        };
        http.post(
                "/api/v1/services/" + HttpCalls.encoded(service) + "/instances/" + HttpCalls.encoded(instance) + "/"
                        + verb,
                note);
    }

    @Override
    public void switchFault(String fault, Switch position, ChangeNote note) {
        String verb = position.name().toLowerCase(Locale.ROOT);
        http.post("/api/v1/scenario/faults/" + HttpCalls.encoded(fault) + "/" + verb, note);
    }

    @Override
    public void setLoad(double requestsPerSecond, ChangeNote note) {
        http.put(
                "/api/v1/scenario/load",
                Map.of("requestsPerSecond", requestsPerSecond, "by", note.by(), "reason", note.reason()));
    }

    @Override
    public void switchInstance(String instance, Switch position, ChangeNote note) {
        String verb = switch (position) {
            case ON -> "start";
            case OFF -> "stop";
        };
        http.post("/api/v1/scenario/instances/" + HttpCalls.encoded(instance) + "/" + verb, note);
    }

    @Override
    public Adopted adopt(Adoption adoption, ChangeNote note) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("port", adoption.port());
        body.put("service", adoption.service());
        body.put("version", adoption.version());
        adoption.instance().ifPresent(id -> body.put("instance", id));
        body.put("protocol", adoption.protocol().wireName());
        body.put("tcp", adoption.tcp());
        body.put("by", note.by());
        body.put("reason", note.reason());
        return http.post("/api/v1/adoptions", body).as(Adopted.class);
    }

    @Override
    public void release(String instance, ChangeNote note) {
        http.delete("/api/v1/adoptions/" + HttpCalls.encoded(instance) + asked(note));
    }

    @Override
    public List<Adopted> adopted() {
        return http.get("/api/v1/adoptions").as(ADOPTED);
    }

    @Override
    public AuthorizationStatus authorization() {
        return http.get("/api/v1/authorization").as(AuthorizationStatus.class);
    }

    @Override
    public List<CertificateInfo> identities() {
        return http.get("/api/v1/identities?limit=" + MOST).first(MOST, CertificateInfo.class);
    }

    @Override
    public Breakers breakers() {
        return new RemoteBreakers(http);
    }

    @Override
    public Rollouts rollouts() {
        return new RemoteRollouts(http);
    }

    @Override
    public Requests requests() {
        return new RemoteRequests(http, this::follow);
    }

    @Override
    public Trust trust() {
        return new RemoteTrust(http);
    }

    @Override
    public void close() {
        streams.forEach(EventStream::close);
        http.close();
    }

    /** The policies that somebody wrote, by service. */
    public Map<String, Map<String, Object>> policies() {
        return http.get("/api/v1/policies").as(new TypeReference<>() {});
    }

    private Subscription follow(EventStream.Reader reader) {
        EventStream stream = new EventStream(() -> http, reader, jitter, streams::remove);
        streams.add(stream);
        stream.start();
        return stream;
    }

    private static PolicyText policyText(String service, HttpCalls.Answer answer) {
        return new PolicyText(service, answer.revision(), answer.body());
    }

    private String confirmed(String separator) {
        return within.map(time -> separator + "confirmWithin=" + HttpCalls.encoded(DurationText.format(time)))
                .orElse("");
    }

    static String asked(ChangeNote note) {
        return "?by=" + HttpCalls.encoded(note.by()) + "&reason=" + HttpCalls.encoded(note.reason());
    }

    private record Moved(int moved) {}

    /** A policy of which no more matters than that there is one. */
    private record Written() {}

    /** A revision as the control plane writes it. */
    private record Revision(
            long revision,
            Instant at,
            String by,
            String reason,
            PolicyChange.Change change,
            @Nullable Weight candidateWeight,
            Map<String, Object> policy) {

        PolicyChange asChange() {
            String yaml = PolicyFormat.yaml(PolicyFormat.readStored(Json.text(policy)));
            return new PolicyChange(revision, at, by, reason, change, candidateWeight, yaml);
        }
    }
}
