package io.signalbox.mesh.client.attach;

import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.model.ServiceConfig;
import io.signalbox.mesh.model.TrafficPolicy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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

    /** Services that are not on the disk as they are here. */
    private final Set<String> changed = new TreeSet<>();

    /** What runs; {@code null} since something of it changed. */
    private @Nullable Map<String, ServiceConfig> running;

    private long revision;
    private boolean warm;

    /**
     * One service.
     *
     * @param told by the control plane last
     * @param kept endpoints from before that it does not tell of
     * @param running what was told with what was kept
     */
    private record Known(boolean registered, ServiceConfig told, List<Endpoint> kept, ServiceConfig running) {

        static Known of(boolean registered, ServiceConfig told, List<Endpoint> kept) {
            return new Known(registered, told, kept, kept.isEmpty() ? told : with(told, kept));
        }

        /** In the order in which a registry tells them: who comes back takes the place that was kept, and nothing changes. */
        private static ServiceConfig with(ServiceConfig told, List<Endpoint> more) {
            List<Endpoint> all = new ArrayList<>(told.endpoints());
            all.addAll(more);
            all.sort(Comparator.comparing(Endpoint::instanceId));
            return told.withEndpoints(all);
        }

        /** The same after nobody told of it: what it had stays, without a policy that nobody wrote, but as closed as it was. */
        Known untold() {
            ServiceConfig config = new ServiceConfig(
                    TrafficPolicy.defaults(told.service())
                            .withAuthorization(told.policy().authorization()),
                    Optional.empty(),
                    List.of(),
                    List.of(),
                    0);
            return of(false, config, running.endpoints());
        }

        boolean isThere() {
            return registered || !kept.isEmpty();
        }

        /** Who may call holds also for a service that has no endpoint yet. */
        boolean runs() {
            return isThere() || told.policy().authorization().mayDeny();
        }

        ServiceConfig withJoined(List<Endpoint> joined) {
            Set<String> names = joined.stream().map(Endpoint::instanceId).collect(Collectors.toSet());
            ServiceConfig others = told.withEndpoints(told.endpoints().stream()
                    .filter(endpoint -> !names.contains(endpoint.instanceId()))
                    .toList());
            return with(others, joined);
        }

        boolean runsAs(Known other) {
            return isThere() == other.isThere() && runs() == other.runs() && running.equals(other.running);
        }

        Known withRunning(ServiceConfig same) {
            return new Known(registered, kept.isEmpty() ? same : told, kept, same);
        }

        /** With all that runs written into what can be kept. */
        ServiceUpdate toKeep() {
            return ServiceUpdate.of(
                    running, isThere() ? ServiceUpdate.Standing.REGISTERED : ServiceUpdate.Standing.ABSENT, List.of());
        }
    }

    /** Begins with what was kept on the disk; what cannot be read is left out. */
    public void remember(Collection<ServiceUpdate> kept) {
        kept.forEach(update -> {
            switch (ReadUpdate.read(update)) {
                case ReadUpdate.Understood(ServiceUpdate text, ServiceConfig config) ->
                    put(text.service(), Known.of(text.registered(), config, List.of()));
                case ReadUpdate.Joined joined -> joined(joined);
                case ReadUpdate.Refused(String service, String why) -> refuse(service, 0, why);
            }
        });
    }

    /** Takes everything over; services that are not in it are known no more. */
    public void whole(ReadUpdate update) {
        revision = update.revision();
        warm = update.warm();
        refused.clear();
        Set<String> told = new HashSet<>();
        for (ReadUpdate.Service service : update.services()) {
            told.add(service.name());
            take(service);
        }
        services.keySet().stream().filter(name -> !told.contains(name)).toList().forEach(this::forget);
    }

    /** Takes over what changed. */
    public void change(ReadUpdate update) {
        revision = update.revision();
        update.services().forEach(this::take);
        update.removed().forEach(this::forget);
    }

    /** From now on silence means that an endpoint is gone, while its service has others. */
    public void warm(long at) {
        revision = at;
        warm = true;
        List.copyOf(services.entrySet()).forEach(entry -> {
            Known known = entry.getValue();
            Known now = Known.of(known.registered(), known.told(), stillKept(known.told(), known.kept()));
            if (now.isThere() || now.told().policyRevision() > 0) {
                put(entry.getKey(), now);
            } else {
                drop(entry.getKey());
            }
        });
    }

    public long revision() {
        return revision;
    }

    /** What runs now: the very same as before where nothing of it changed, and so is each service that did not. */
    public Map<String, ServiceConfig> running() {
        Map<String, ServiceConfig> now = running;
        if (now == null) {
            Map<String, ServiceConfig> all = new HashMap<>();
            services.forEach((name, known) -> {
                if (known.runs()) {
                    all.put(name, known.running());
                }
            });
            now = Map.copyOf(all);
            running = now;
        }
        return now;
    }

    /** What runs now, to be kept on the disk. */
    public List<ServiceUpdate> toKeep() {
        return services.values().stream().map(Known::toKeep).toList();
    }

    /**
     * The services that were changed since this was last asked, to be kept on the disk; empty for one that is known no more.
     */
    public Map<String, Optional<ServiceUpdate>> takeChanges() {
        Map<String, Optional<ServiceUpdate>> taken = new TreeMap<>();
        changed.forEach(service ->
                taken.put(service, Optional.ofNullable(services.get(service)).map(Known::toKeep)));
        changed.clear();
        return taken;
    }

    /** What does not run, and why. */
    public List<Acknowledgement.Refusal> refused() {
        return List.copyOf(refused.values());
    }

    /** Notes that what came could not be read at all. */
    public void unreadable(String why) {
        refused.put("", new Acknowledgement.Refusal("", revision, why));
    }

    private void take(ReadUpdate.Service service) {
        switch (service) {
            case ReadUpdate.Understood(ServiceUpdate update, ServiceConfig told) -> {
                put(update.service(), Known.of(update.registered(), told, keptBeside(told, Set.copyOf(update.out()))));
                refused.remove(update.service());
            }
            case ReadUpdate.Joined joined -> joined(joined);
            case ReadUpdate.Refused(String name, String why) -> refuse(name, revision, why);
        }
    }

    /** To what was told last. One that could not be read then stays refused: it is told whole when it is mended. */
    private void joined(ReadUpdate.Joined joined) {
        Known before = services.get(joined.name());
        if (before == null) {
            refused.computeIfAbsent(
                    joined.name(),
                    name -> new Acknowledgement.Refusal(name, revision, "endpoints of a service that was not told"));
            return;
        }
        ServiceConfig told = before.withJoined(joined.endpoints());
        put(joined.name(), Known.of(true, told, keptBeside(told, Set.of())));
    }

    private List<Endpoint> keptBeside(ServiceConfig told, Set<String> out) {
        Known before = services.get(told.service());
        if (before == null) {
            return List.of();
        }
        return stillKept(
                told,
                before.running().endpoints().stream()
                        .filter(endpoint -> !out.contains(endpoint.instanceId()))
                        .toList());
    }

    private void forget(String service) {
        refused.remove(service);
        Known before = services.get(service);
        if (before != null) {
            Known after = before.untold();
            if (after.isThere()) {
                put(service, after);
            } else {
                drop(service);
            }
        }
    }

    private void put(String service, Known now) {
        Known before = services.get(service);
        if (before != null && now.runsAs(before)) {
            services.put(service, now.withRunning(before.running()));
        } else {
            services.put(service, now);
            noteChanged(service);
        }
    }

    private void drop(String service) {
        services.remove(service);
        noteChanged(service);
    }

    private void noteChanged(String service) {
        changed.add(service);
        running = null;
    }

    private List<Endpoint> stillKept(ServiceConfig told, List<Endpoint> before) {
        if (warm && !told.endpoints().isEmpty()) {
            return List.of();
        }
        Set<String> named = new HashSet<>();
        told.endpoints().forEach(endpoint -> named.add(endpoint.instanceId()));
        told.unhealthy().forEach(endpoint -> named.add(endpoint.instanceId()));
        return before.stream()
                .filter(endpoint -> !named.contains(endpoint.instanceId()))
                .toList();
    }

    private void refuse(String service, long at, String why) {
        refused.put(service, new Acknowledgement.Refusal(service, at, why));
    }
}
