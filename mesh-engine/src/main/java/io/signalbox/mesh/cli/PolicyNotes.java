package io.signalbox.mesh.cli;

import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.MeshException;
import io.signalbox.mesh.config.PolicyFormat;
import io.signalbox.mesh.lint.LintFinding;
import io.signalbox.mesh.lint.MeshLint;
import io.signalbox.mesh.model.EdgeId;
import io.signalbox.mesh.model.TrafficPolicy;
import io.signalbox.mesh.model.status.EdgeStatus;
import io.signalbox.mesh.model.status.MeshSnapshot;
import io.signalbox.mesh.model.status.ServiceKind;
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
        now.services().stream()
                .filter(service -> service.kind() != ServiceKind.CLIENT)
                .forEach(service -> read(mesh, service.name()));
    }

    /** One that has gone since the picture was taken has no policy to note anything of. */
    private void read(MeshConnection mesh, String service) {
        try {
            inForce.put(service, PolicyFormat.read(mesh.policy(service).yaml()));
        } catch (MeshException e) {
            if (e.kind() != MeshException.Kind.NOT_FOUND) {
                throw e;
            }
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
