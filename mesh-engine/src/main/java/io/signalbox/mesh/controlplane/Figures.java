package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.event.MeshEvent;
import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.Weight;
import io.signalbox.mesh.model.status.SplitStatus;
import io.signalbox.mesh.time.Ticker;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What sidecars say happened, summed up: calls of the last seconds, what splits chose, who was let in, and where circuits
 * stand.
 *
 * <p>Safe from any thread. Sidecars are read under its lock, one after the other, so they must not call back.
 */
final class Figures {

    private static final Logger log = LoggerFactory.getLogger(Figures.class);

    private final List<SidecarLink> links;
    private final BiConsumer<SidecarLink, SidecarReport> rollouts;
    private final Ticker ticker;
    private final InstantSource clock;
    private final TrafficWindow window = new TrafficWindow();
    private final ShareCounts shares = new ShareCounts();
    private final RequestCounts requests = new RequestCounts();
    private final AccessLog access = new AccessLog();
    private final Map<SidecarLink, List<CircuitReport>> circuits = new ConcurrentHashMap<>();

    /** Those whose last report could not be taken, which is said once. */
    private final Set<SidecarLink> failing = ConcurrentHashMap.newKeySet();

    /**
     * @param links those that are asked; safe to read while others come and go
     * @param rollouts is told of each report what it says of calls and of their copies
     */
    Figures(
            List<SidecarLink> links,
            BiConsumer<SidecarLink, SidecarReport> rollouts,
            Ticker ticker,
            InstantSource clock) {
        this.links = links;
        this.rollouts = rollouts;
        this.ticker = ticker;
        this.clock = clock;
    }

    /** Asks every sidecar what happened since it was last asked. */
    synchronized void collect() {
        for (SidecarLink link : links) {
            try {
                take(link, link.report());
                failing.remove(link);
            } catch (RuntimeException e) {
                // One that reports nonsense keeps nobody else from being heard.
                if (failing.add(link)) {
                    log.warn("{}: left out of the figures", link.instanceId(), e);
                }
            }
        }
    }

    /** Counts by these shares from now on; what was chosen by others until now is collected first. */
    void follow(Map<String, Map<String, Weight>> asked) {
        if (shares.differs(asked)) {
            collect();
            shares.follow(asked, clock.instant(), ticker.nanos());
        }
    }

    /** For good: what is being collected of it meanwhile is waited for. */
    synchronized void forget(SidecarLink link) {
        circuits.remove(link);
        failing.remove(link);
        window.forgetInFlight(link);
        shares.forget(link);
    }

    AccessLog access() {
        return access;
    }

    /** What is to be said of denied calls now. */
    List<MeshEvent> denials() {
        return access.untold(clock.instant());
    }

    /** Folds calls between those of which one is gone, once they are silent. */
    void prune(Predicate<CallCell.Key> stillThere) {
        window.prune(ticker.nanos(), stillThere);
    }

    /** How many requests to a service ended since so long ago, an hour at most. */
    long requests(String service, Duration ago) {
        return requests.since(service, ticker.nanos(), ago);
    }

    TrafficSums calls() {
        return window.sums();
    }

    /**
     * What the splits of those policies chose.
     *
     * @param versions of the instances of a service
     * @param keys how many callers a service's split told apart of late
     */
    List<SplitStatus> splits(
            Collection<PolicyRevision> policies,
            Function<String, Map<String, String>> versions,
            ToLongFunction<String> keys) {
        return policies.stream()
                .map(revision -> SplitPicture.of(
                        revision,
                        shares,
                        () -> leftOut(revision.service(), versions.apply(revision.service())),
                        () -> keys.applyAsLong(revision.service())))
                .flatMap(Optional::stream)
                .toList();
    }

    /** How many endpoints of each version some caller leaves out now. */
    private Map<String, Long> leftOut(String service, Map<String, String> versions) {
        return circuits.values().stream()
                .flatMap(List::stream)
                .filter(circuit -> circuit.destination().equals(service)
                        && (circuit.ejection() != null
                                || circuit.state() == BreakerState.OPEN
                                || circuit.state() == BreakerState.FORCED_OPEN))
                .map(CircuitReport::endpoint)
                .distinct()
                .collect(Collectors.groupingBy(endpoint -> versions.getOrDefault(endpoint, ""), Collectors.counting()));
    }

    /** The sidecars with their circuits as last reported. */
    List<MeshPicture.Sidecar> sidecars() {
        return links.stream()
                .map(link -> new MeshPicture.Sidecar(
                        link.service(), link.instanceId(), link.kind(), circuits.getOrDefault(link, List.of())))
                .toList();
    }

    private void take(SidecarLink link, SidecarReport report) {
        long now = ticker.nanos();
        window.record(link, report.edges(), now);
        shares.record(link, report.edges(), now);
        requests.record(report.edges(), now);
        rollouts.accept(link, report);
        access.record(link.service(), link.instanceId(), report.access(), clock.instant());
        circuits.put(link, report.circuits());
    }
}
