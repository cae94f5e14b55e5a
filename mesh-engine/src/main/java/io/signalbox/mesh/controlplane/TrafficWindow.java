package io.signalbox.mesh.controlplane;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.signalbox.mesh.metrics.EdgeInterval;
import io.signalbox.mesh.metrics.EdgeKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The calls of the last minute in the whole mesh, by caller and endpoint. Safe from any thread.
 *
 * <p>An edge that fell silent is folded into its version's totals, so what is kept is bounded by what is running.
 */
final class TrafficWindow {

    @GuardedBy("this")
    private final Map<CallCell.Key, CallCell> cells = new HashMap<>();

    /** Records one sidecar's report; edges that it leaves out are at rest. */
    synchronized void record(SidecarLink link, List<EdgeInterval> report, long nowNanos) {
        Set<CallCell.Key> told = new HashSet<>();
        for (EdgeInterval interval : report) {
            CallCell.Key key = new CallCell.Key(link.service(), link.instanceId(), link.kind(), interval.key());
            told.add(key);
            cells.computeIfAbsent(key, k -> new CallCell(k, nowNanos)).add(interval, nowNanos);
        }
        cells.forEach((key, cell) -> {
            if (key.sourceInstance().equals(link.instanceId()) && !told.contains(key)) {
                cell.rest();
            }
        });
    }

    synchronized void forgetInFlight(SidecarLink gone) {
        cells.forEach((key, cell) -> {
            if (key.sourceInstance().equals(gone.instanceId())) {
                cell.rest();
            }
        });
    }

    /** Drops what is older than a minute, and folds silent edges between instances of which one is gone. */
    synchronized void prune(long nowNanos, Predicate<CallCell.Key> stillThere) {
        List<CallCell> gone = new ArrayList<>();
        for (CallCell cell : cells.values()) {
            cell.prune(nowNanos);
            boolean folded = cell.key().sourceInstance().isEmpty();
            if (!folded && cell.quietSince(nowNanos - CallCell.MINUTE_NANOS) && !stillThere.test(cell.key())) {
                gone.add(cell);
            }
        }
        for (CallCell cell : gone) {
            cells.remove(cell.key());
            EdgeKey edge = cell.key().edge();
            EdgeKey version = new EdgeKey(edge.destination(), edge.version(), "", edge.protocol(), edge.channel());
            CallCell.Key folded =
                    new CallCell.Key(cell.key().source(), "", cell.key().kind(), version);
            cells.computeIfAbsent(folded, k -> new CallCell(k, nowNanos)).absorb(cell);
        }
    }

    /** Adds the cells up; holds the lock meanwhile, so the visitor must be quick. */
    synchronized TrafficSums sums() {
        TrafficSums sums = new TrafficSums();
        cells.values().forEach(sums::add);
        return sums;
    }
}
