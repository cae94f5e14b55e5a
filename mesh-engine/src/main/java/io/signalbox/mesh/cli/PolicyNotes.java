package io.signalbox.mesh.cli;

import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.config.PolicyFormat;
import io.signalbox.mesh.lint.LintFinding;
import io.signalbox.mesh.lint.MeshLint;
import io.signalbox.mesh.model.EdgeId;
import io.signalbox.mesh.model.TrafficPolicy;
import io.signalbox.mesh.model.status.EdgeStatus;
import io.signalbox.mesh.model.status.MeshSnapshot;
import io.signalbox.mesh.model.status.ServiceStatus;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a running mesh's policies do together, as they are and as they would be. */
final class PolicyNotes {

    private final List<EdgeId> edges;
    private final Map<String, TrafficPolicy> inForce = new TreeMap<>();

    PolicyNotes(MeshConnection mesh) {
        MeshSnapshot now = mesh.snapshot();
        edges = now.edges().stream().map(EdgeStatus::id).toList();
        for (ServiceStatus service : now.services()) {
            PolicyFormat.readAll(mesh.policy(service.name()).yaml())
                    .forEach(policy -> inForce.put(policy.service(), policy));
        }
    }

    int policies() {
        return inForce.size();
    }

    List<LintFinding> now() {
        return of(inForce.values());
    }

    /** What there would be to say that there is not now. */
    List<LintFinding> with(Collection<TrafficPolicy> candidates) {
        Map<String, TrafficPolicy> then = new TreeMap<>(inForce);
        candidates.forEach(policy -> then.put(policy.service(), policy));
        List<LintFinding> more = new ArrayList<>(of(then.values()));
        more.removeAll(now());
        return more;
    }

    private List<LintFinding> of(Collection<TrafficPolicy> policies) {
        return new MeshLint(edges, policies).findings();
    }
}
