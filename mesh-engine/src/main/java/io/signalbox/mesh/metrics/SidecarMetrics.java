package io.signalbox.mesh.metrics;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.EjectionReason;
import io.signalbox.mesh.model.Fault;
import io.signalbox.mesh.model.Protocol;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What one sidecar counts and times of the calls that it sends, and what it counts of those that it does not take.
 *
 * <p>Safe to use from any thread. Memory is bounded: by the number of edges ({@value #MOST_EDGES}, the rest share one),
 * never by the number of calls.
 */
public final class SidecarMetrics {

    static final int MOST_EDGES = 2_048;

    /** Drains without a call after which an edge is forgotten: ten minutes at two a second. */
    static final int QUIET_DRAINS = 1_200;

    private final String service;
    private final String instanceId;
    private final Supplier<? extends Collection<BreakerReading>> breakers;
    private final Families families;
    private final MirrorFamily mirrors;
    private final CallerLimitFamily callerLimits;
    private final AccessMeter access;
    private final CopyMeter copies = new CopyMeter();
    private volatile @Nullable CertificateFamilies certificates;
    private final Map<EdgeKey, EdgeRecorder> edges = new ConcurrentHashMap<>();

    /** Edges being forgotten: out of {@link #edges}, yet drained once more for whoever had just looked them up. */
    private final List<EdgeRecorder> leaving = new ArrayList<>();

    private final Map<EdgeRecorder, Integer> quietDrains = new HashMap<>();

    /**
     * @param service the sidecar's own service: the source of all its calls
     * @param instanceId the instance beside which it runs
     * @param breakers reads the sidecar's circuits, at each scrape
     */
    public SidecarMetrics(String service, String instanceId, Supplier<? extends Collection<BreakerReading>> breakers) {
        this.service = service;
        this.instanceId = instanceId;
        this.breakers = breakers;
        families = new Families(
                gauge -> readInFlight(gauge, false),
                gauge -> readInFlight(gauge, true),
                this::readBreakers,
                this::readEjected);
        mirrors = families.mirrors(service);
        callerLimits = families.callerLimits(service);
        access = families.access(service);
    }

    /** @param limits reads the sidecar's concurrency limits, at each scrape */
    public SidecarMetrics(
            String service,
            String instanceId,
            Supplier<? extends Collection<BreakerReading>> breakers,
            Supplier<? extends Collection<LimitReading>> limits) {
        this(service, instanceId, breakers);
        families.limits(service, limits);
    }

    public String service() {
        return service;
    }

    public String instanceId() {
        return instanceId;
    }

    /** The recorder for calls to that endpoint; see {@link EdgeKey} for what may be empty. */
    public EdgeRecorder edge(
            String destination, String version, String instanceId, Protocol protocol, Channel channel) {
        return edge(new EdgeKey(destination, version, instanceId, protocol, channel));
    }

    public EdgeRecorder edge(EdgeKey key) {
        EdgeRecorder known = edges.get(key);
        if (known != null) {
            return known;
        }
        EdgeKey kept = edges.size() < MOST_EDGES ? key : key.overflow();
        return edges.computeIfAbsent(kept, k -> new EdgeRecorder(k, families.meters(service, k)));
    }

    /** Tells when the sidecar's certificate ends, from now on. */
    public void certificate(Supplier<Instant> notAfter) {
        certificates = families.certificates(service, notAfter);
    }

    /** An attempt to renew the certificate ended; before {@link #certificate} it is not counted. */
    public void renewed(String result) {
        CertificateFamilies counted = certificates;
        if (counted != null) {
            counted.renewed(result);
        }
    }

    /** A fault of a policy befell a request, or an attempt, of that source; an empty one is not known. */
    public void faultInjected(String source, String destination, String fault, Fault.Side side) {
        families.faults().injected(source, destination, fault, side);
    }

    /** A request of that source was refused where it arrived, since the source sends too many. */
    public void callerRefused(String source) {
        callerLimits.refused(source);
    }

    /** What the service's policy makes of those who call it. */
    public AccessMeter access() {
        return access;
    }

    /** Requests beside their copies to another version. */
    public CopyMeter copies() {
        return copies;
    }

    /** An endpoint of that destination is left out from now on. */
    public void ejected(String destination, String endpoint, EjectionReason reason) {
        families.ejections().ejected(service, destination, endpoint, reason);
    }

    /** A request to that destination was to be copied. */
    public void mirrored(String destination, String to, MirrorResult result) {
        mirrors.ended(destination, to, result);
    }

    /** What happened since this was last called, for each edge where anything did; meant for a single reader. */
    public synchronized List<EdgeInterval> drain() {
        List<EdgeInterval> intervals = new ArrayList<>();
        for (Iterator<EdgeRecorder> last = leaving.iterator(); last.hasNext(); ) {
            EdgeInterval interval = last.next().drain();
            if (interval.quiet()) {
                last.remove();
            } else {
                intervals.add(interval);
            }
        }
        for (EdgeRecorder edge : List.copyOf(edges.values())) {
            EdgeInterval interval = edge.drain();
            if (!interval.quiet()) {
                intervals.add(interval);
                quietDrains.remove(edge);
            } else if (quietDrains.merge(edge, 1, Integer::sum) >= QUIET_DRAINS) {
                edges.remove(edge.key());
                quietDrains.remove(edge);
                leaving.add(edge);
            }
        }
        return intervals;
    }

    /** Writes all families in that format. */
    public void scrape(OutputStream out, ScrapeFormat format) throws IOException {
        format.write(out, snapshots());
    }

    MetricSnapshots snapshots() {
        return families.scrape();
    }

    private void readInFlight(GaugeWithCallback.Callback gauge, boolean streams) {
        Map<List<String>, Integer> byLabels = new HashMap<>();
        edges.values().forEach(edge -> {
            EdgeKey key = edge.key();
            if ((key.protocol() == Protocol.TCP) != streams) {
                return;
            }
            List<String> labels = List.of(
                    service, key.destination(), key.version(), key.protocol().wireName());
            byLabels.merge(labels, edge.inFlight(), Integer::sum);
        });
        byLabels.forEach((labels, count) -> gauge.call(count, labels.toArray(String[]::new)));
    }

    private void readEjected(GaugeWithCallback.Callback gauge) {
        for (BreakerReading reading : breakers.get()) {
            gauge.call(
                    reading.standing() == BreakerReading.Standing.EJECTED ? 1 : 0,
                    service,
                    reading.destination(),
                    reading.endpoint());
        }
    }

    private void readBreakers(GaugeWithCallback.Callback gauge) {
        for (BreakerReading reading : breakers.get()) {
            for (BreakerState state : BreakerState.values()) {
                gauge.call(
                        state == reading.state() ? 1 : 0,
                        service,
                        reading.destination(),
                        reading.endpoint(),
                        state.wireName());
            }
        }
    }
}
