package io.signalbox.mesh.client.attach;

import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.model.ServiceConfig;
import io.signalbox.mesh.model.TrafficPolicy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a sidecar makes of what its control plane tells: the newest of each service, and what it has learnt before where
 * silence is no answer. For one thread.
 *
 * <p>An endpoint that is no longer told is kept while the control plane is not warm, and while no other endpoint of its
 * service is left; unless it was taken out by name. A service that cannot be read is refused, and goes on as it was.
 */
public final class FollowedMesh {

    private final Map<String, Known> services = new TreeMap<>();
    private final Map<String, Acknowledgement.Refusal> refused = new TreeMap<>();
    private long revision;
    private boolean warm;

    /**
     * One service.
     *
     * @param told by the control plane last
     * @param kept endpoints from before that it does not tell of
     */
    private record Known(ServiceUpdate text, ServiceConfig told, List<Endpoint> kept) {

        ServiceConfig running() {
            List<Endpoint> all = new ArrayList<>(told.endpoints());
            all.addAll(kept);
            return new ServiceConfig(
                    told.policy(), told.candidateWeight(), all, told.unhealthy(), told.policyRevision());
        }

        /** The same after nobody told of it: what it had stays, without a policy that nobody wrote, but as closed as it was. */
        Known untold() {
            ServiceUpdate nothing =
                    new ServiceUpdate(text.service(), false, 0, null, null, List.of(), List.of(), List.of());
            ServiceConfig config = new ServiceConfig(
                    TrafficPolicy.defaults(text.service())
                            .withAuthorization(told.policy().authorization()),
                    Optional.empty(),
                    List.of(),
                    List.of(),
                    0);
            return new Known(nothing, config, running().endpoints());
        }

        boolean isThere() {
            return text.registered() || !kept.isEmpty();
        }

        /** With all that runs written into what can be kept. */
        ServiceUpdate toKeep() {
            return ServiceUpdate.of(
                    running(),
                    isThere() ? ServiceUpdate.Standing.REGISTERED : ServiceUpdate.Standing.ABSENT,
                    List.of());
        }
    }

    /** Begins with what was kept on the disk; what cannot be read is left out. */
    public void remember(Collection<ServiceUpdate> kept) {
        for (ServiceUpdate update : kept) {
            try {
                services.put(update.service(), new Known(update, update.config(), List.of()));
            } catch (RuntimeException e) {
                refuse(update.service(), 0, e);
            }
        }
    }

    /** Takes everything over; services that are not in it are known no more. */
    public void whole(MeshUpdate update) {
        revision = update.revision();
        warm = update.warm();
        refused.clear();
        Set<String> told = new HashSet<>();
        for (ServiceUpdate service : update.services()) {
            told.add(service.service());
            take(service);
        }
        services.keySet().stream().filter(name -> !told.contains(name)).toList().forEach(this::forget);
    }

    /** Takes over what changed. */
    public void change(MeshUpdate update) {
        revision = update.revision();
        update.services().forEach(this::take);
        update.removed().forEach(this::forget);
    }

    /** From now on silence means that an endpoint is gone, while its service has others. */
    public void warm(long at) {
        revision = at;
        warm = true;
        services.replaceAll((_, known) -> new Known(known.text(), known.told(), stillKept(known.told(), known.kept())));
        services.values().removeIf(known -> !known.isThere() && known.told().policyRevision() == 0);
    }

    public long revision() {
        return revision;
    }

    /** What runs now. */
    public Map<String, ServiceConfig> running() {
        Map<String, ServiceConfig> running = new TreeMap<>();
        services.forEach((name, known) -> {
            // Who may call holds also for a service that has no endpoint yet.
            if (known.isThere() || known.told().policy().authorization().mayDeny()) {
                running.put(name, known.running());
            }
        });
        return running;
    }

    /** What runs now, to be kept on the disk. */
    public List<ServiceUpdate> toKeep() {
        return services.values().stream().map(Known::toKeep).toList();
    }

    /** What does not run, and why. */
    public List<Acknowledgement.Refusal> refused() {
        return List.copyOf(refused.values());
    }

    /** Notes that what came could not be read at all. */
    public void unreadable(String why) {
        refused.put("", new Acknowledgement.Refusal("", revision, why));
    }

    private void take(ServiceUpdate update) {
        try {
            ServiceConfig told = update.config();
            Known before = services.get(update.service());
            Set<String> out = new HashSet<>(update.out());
            List<Endpoint> kept = before == null
                    ? List.of()
                    : stillKept(
                            told,
                            before.running().endpoints().stream()
                                    .filter(endpoint -> !out.contains(endpoint.instanceId()))
                                    .toList());
            services.put(update.service(), new Known(update, told, kept));
            refused.remove(update.service());
        } catch (RuntimeException e) {
            refuse(update.service(), revision, e);
        }
    }

    private void forget(String service) {
        Known before = services.remove(service);
        refused.remove(service);
        if (before != null) {
            Known after = before.untold();
            if (after.isThere()) {
                services.put(service, after);
            }
        }
    }

    private List<Endpoint> stillKept(ServiceConfig told, List<Endpoint> before) {
        Set<String> named = new HashSet<>();
        told.endpoints().forEach(endpoint -> named.add(endpoint.instanceId()));
        told.unhealthy().forEach(endpoint -> named.add(endpoint.instanceId()));
        return warm && !told.endpoints().isEmpty()
                ? List.of()
                : before.stream()
                        .filter(endpoint -> !named.contains(endpoint.instanceId()))
                        .toList();
    }

    private void refuse(String service, long at, RuntimeException e) {
        refused.put(service, new Acknowledgement.Refusal(service, at, String.valueOf(e.getMessage())));
    }
}
