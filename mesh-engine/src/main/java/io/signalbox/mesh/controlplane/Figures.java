package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.event.MeshEvent;
import io.signalbox.mesh.model.Weight;
import io.signalbox.mesh.model.status.SplitStatus;
import io.signalbox.mesh.time.Ticker;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
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
    private final Consumer<SidecarReport> rollouts;
    private final Ticker ticker;
    private final InstantSource clock;
    private final TrafficWindow window = new TrafficWindow();
    private final ShareCounts shares = new ShareCounts();
    private final AccessLog access = new AccessLog();
    private final Map<SidecarLink, List<CircuitReport>> circuits = new ConcurrentHashMap<>();

    /** Those whose last report could not be taken, which is said once. */
    private final Set<SidecarLink> failing = ConcurrentHashMap.newKeySet();

    /**
     * @param links those that are asked; safe to read while others come and go
     * @param rollouts is told of each report what it says of calls and of their copies
     */
    Figures(List<SidecarLink> links, Consumer<SidecarReport> rollouts, Ticker ticker, InstantSource clock) {
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
            shares.follow(asked, clock.instant());
        }
    }

    /** For good: what is being collected of it meanwhile is waited for. */
    synchronized void forget(SidecarLink link) {
        circuits.remove(link);
        failing.remove(link);
        window.forgetInFlight(link);
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

    TrafficSums calls() {
        return window.sums();
    }

    /** What the splits of those policies chose. */
    List<SplitStatus> splits(Collection<PolicyRevision> policies) {
        return policies.stream()
                .map(revision -> SplitPicture.of(revision, shares))
                .flatMap(Optional::stream)
                .toList();
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
        shares.record(report.edges(), now);
        rollouts.accept(report);
        access.record(link.service(), link.instanceId(), report.access(), clock.instant());
        circuits.put(link, report.circuits());
    }
}
