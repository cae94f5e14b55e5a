package io.signalbox.mesh.client;

import io.signalbox.mesh.client.MeshConnection.PolicyText;
import io.signalbox.mesh.config.InvalidDocumentException;
import io.signalbox.mesh.config.PolicyFormat;
import io.signalbox.mesh.lint.KnownService;
import io.signalbox.mesh.lint.LintFinding;
import io.signalbox.mesh.lint.MeshLint;
import io.signalbox.mesh.model.EdgeId;
import io.signalbox.mesh.model.TrafficPolicy;
import io.signalbox.mesh.model.status.EdgeStatus;
import io.signalbox.mesh.model.status.MeshSnapshot;
import io.signalbox.mesh.model.status.ServiceKind;
import io.signalbox.mesh.model.status.ServiceStatus;
import io.signalbox.mesh.model.status.VersionStatus;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The policies of a running mesh as they were at one time, and what they do together. One that cannot be read, such as a
 * later version's, keeps nobody from the others. Immutable.
 */
public final class PolicyNotes {

    private final List<EdgeId> edges;
    private final List<KnownService> services;
    private final NavigableMap<String, PolicyText> texts = new TreeMap<>();
    private final NavigableMap<String, TrafficPolicy> inForce = new TreeMap<>();
    private final NavigableMap<String, String> unread = new TreeMap<>();
    private final List<LintFinding> findings;

    /** Asks the mesh for the policy of each of its services, one after the other. */
    public PolicyNotes(MeshConnection mesh) {
        MeshSnapshot now = mesh.snapshot();
        edges = now.edges().stream().map(EdgeStatus::id).toList();
        services = now.services().stream()
                .filter(service -> service.kind() != ServiceKind.CLIENT)
                .map(PolicyNotes::known)
                .toList();
        now.services().stream()
                .filter(service -> service.kind() != ServiceKind.CLIENT)
                .forEach(service -> read(mesh, service.name()));
        if (mesh.writtenPolicies().contains(TrafficPolicy.WHOLE_MESH)) {
            read(mesh, TrafficPolicy.WHOLE_MESH);
        }
        findings = of(inForce.values());
    }

    /** One that has gone since the picture was taken has no policy to note anything of. */
    private void read(MeshConnection mesh, String service) {
        try {
            PolicyText text = mesh.policy(service);
            inForce.put(service, PolicyFormat.readStored(text.yaml()));
            texts.put(service, text);
        } catch (InvalidDocumentException e) {
            unread.put(service, e.oneLine());
        } catch (MeshException e) {
            if (e.kind() != MeshException.Kind.NOT_FOUND) {
                throw e;
            }
        }
    }

    private static KnownService known(ServiceStatus service) {
        return new KnownService(
                service.name(),
                service.protocol(),
                service.versions().stream()
                        .filter(version -> !version.instances().isEmpty())
                        .map(VersionStatus::version)
                        .collect(Collectors.toUnmodifiableSet()));
    }

    public int policies() {
        return inForce.size();
    }

    /** What holds for each service, by name. */
    public NavigableMap<String, PolicyText> texts() {
        return Collections.unmodifiableNavigableMap(texts);
    }

    /** Why the policy of a service cannot be read, in one line, by name; those are in nothing else that is told here. */
    public NavigableMap<String, String> unread() {
        return Collections.unmodifiableNavigableMap(unread);
    }

    /** What there is to say of the policies that hold. */
    public List<LintFinding> now() {
        return findings;
    }

    /**
     * What there would be to say with these in place of those of the same services; not what holds already, if with
     * other figures.
     */
    public List<LintFinding> with(Collection<TrafficPolicy> candidates) {
        Map<String, TrafficPolicy> then = new TreeMap<>(inForce);
        candidates.forEach(policy -> then.put(policy.service(), policy));
        List<LintFinding> more = new ArrayList<>(of(then.values()));
        List<LintFinding> gone = new ArrayList<>(findings);
        gone.removeAll(more);
        more.removeAll(findings);
        // Each that is gone stands for one that came in its place with other figures.
        more.removeIf(finding -> gone.stream()
                .filter(finding::repeats)
                .findFirst()
                .map(gone::remove)
                .orElse(false));
        return more;
    }

    /** The policies that hold, by service. */
    public NavigableMap<String, TrafficPolicy> inForce() {
        return Collections.unmodifiableNavigableMap(inForce);
    }

    private List<LintFinding> of(Collection<TrafficPolicy> policies) {
        return new MeshLint(edges, policies, services).findings();
    }
}
