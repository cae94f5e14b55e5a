package io.signalbox.mesh.controlplane.http;

import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.config.PolicyFormat;
import io.signalbox.mesh.controlplane.ControlPlane;
import io.signalbox.mesh.controlplane.PolicyControl;
import io.signalbox.mesh.controlplane.PolicyRevision;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.model.TrafficPolicy;
import io.signalbox.mesh.model.Weight;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Policies: read, put in force, taken back. */
final class PolicyRoutes {

    private static final String YAML = "application/yaml";
    private static final long MOST = 1_000;
    private static final long SOME = 100;

    private final ControlPlane controlPlane;
    private final PolicyControl policies;

    PolicyRoutes(ControlPlane controlPlane) {
        this.controlPlane = controlPlane;
        this.policies = controlPlane.policies();
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/v1/authorization", _ -> Reply.json(controlPlane.authorization())),
                Route.get("/api/v1/policies", _ -> list()),
                Route.get("/api/v1/policies/{service}", call -> shown(call, policies.current(call.path("service")))),
                Route.put("/api/v1/policies/{service}", this::put),
                Route.delete("/api/v1/policies/{service}", this::delete),
                Route.get("/api/v1/policies/{service}/history", this::history),
                Route.post("/api/v1/policies/{service}/undo", this::undo),
                Route.get("/api/v1/confirmations", _ -> Reply.json(policies.pending())),
                Route.post("/api/v1/policies/{service}/confirm", this::confirm),
                Route.post("/api/v1/policies/{service}/revert", this::revert));
    }

    static String etag(PolicyRevision revision) {
        return "\"" + revision.revision() + "\"";
    }

    private Reply list() {
        Map<String, Entry> all = new TreeMap<>();
        policies.all().forEach((service, revision) -> all.put(service, Entry.of(revision)));
        return Reply.json(all);
    }

    /** The document itself, in YAML if that is what the caller asks for. */
    private static Reply shown(Call call, PolicyRevision revision) {
        Reply.Whole reply = call.accepts(YAML)
                ? Reply.text(YAML, PolicyFormat.yaml(revision.policy()))
                : Reply.text(Call.JSON, PolicyFormat.json(revision.policy()));
        return reply.with("ETag", etag(revision));
    }

    private Reply put(Call call) {
        String service = call.path("service");
        TrafficPolicy policy = PolicyFormat.read(call.text(Call.POLICY_TYPES));
        InvalidValueException.unless(
                policy.service().equals(service), "service", policy.service(), service + ", as in the path");
        return shown(call, policies.put(policy, call.expectedRevision(), call.note(), call.confirmWithin()));
    }

    private Reply delete(Call call) {
        policies.delete(call.path("service"), call.expectedRevision(), call.note(), call.confirmWithin());
        return Reply.nothing();
    }

    private Reply confirm(Call call) {
        policies.confirm(call.path("service"), call.expectedRevision(), call.noteBody());
        return Reply.nothing();
    }

    private Reply revert(Call call) {
        return shown(call, policies.revert(call.path("service"), call.expectedRevision(), call.noteBody()));
    }

    private Reply history(Call call) {
        long before = call.number("before", Long.MAX_VALUE, Long.MAX_VALUE);
        int limit = (int) call.number("limit", SOME, MOST);
        InvalidValueException.unless(limit > 0, "limit", limit, "1.." + MOST);
        return Reply.json(policies.history(call.path("service"), before, limit).stream()
                .map(Entry::of)
                .toList());
    }

    private Reply undo(Call call) {
        return shown(call, policies.undo(call.path("service"), call.expectedRevision(), call.noteBody()));
    }

    /**
     * One revision.
     *
     * @param candidateWeight what the candidate gets, when the policy holds a canary
     */
    record Entry(
            long revision,
            Instant at,
            String by,
            String reason,
            PolicyRevision.Change change,
            @Nullable Weight candidateWeight,
            Object policy) {

        static Entry of(PolicyRevision revision) {
            return new Entry(
                    revision.revision(),
                    revision.at(),
                    revision.note().by(),
                    revision.note().reason(),
                    revision.change(),
                    candidate(revision),
                    Json.read(PolicyFormat.json(revision.policy()), Map.class));
        }

        private static @Nullable Weight candidate(PolicyRevision revision) {
            return revision.candidateWeight().isPresent()
                    ? revision.candidateWeight().get()
                    : null;
        }
    }
}
