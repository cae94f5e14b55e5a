package io.signalbox.console.topology.graph;

import io.signalbox.mesh.model.Protocol;
import io.signalbox.mesh.model.status.Security;
import io.signalbox.mesh.model.status.ServiceHealth;
import io.signalbox.mesh.model.status.ServiceKind;
import io.signalbox.mesh.model.status.TrafficStats;
import io.signalbox.mesh.model.status.VersionStatus;
import java.util.List;

/**
 * A node of the graph.
 *
 * @param security of the calls to it; for a client, of the calls it makes
 * @param rows of its card, one a version; empty for what is drawn as a pill
 * @param place whether it calls anyone
 */
public record GraphNode(
        String name,
        ServiceKind kind,
        Protocol protocol,
        ServiceHealth health,
        TrafficStats stats,
        Security security,
        List<VersionRow> rows,
        List<VersionStatus> versions,
        Place place) {

    /** The most version rows a card shows. */
    public static final int MOST_ROWS = 4;

    public GraphNode {
        rows = List.copyOf(rows);
        versions = List.copyOf(versions);
    }

    /** Whether a node calls others. */
    public enum Place {
        INNER,
        LEAF
    }

    /** The rows on its card: all, or the first three when a line must say how many more there are. */
    public List<VersionRow> shownRows() {
        return rows.size() > MOST_ROWS ? rows.subList(0, MOST_ROWS - 1) : rows;
    }

    /** How many versions its card leaves out. */
    public int hiddenRows() {
        return rows.size() - shownRows().size();
    }

    /** Lines below the card's header. */
    public int lines() {
        return shownRows().size() + (hiddenRows() > 0 ? 1 : 0);
    }

    /** A card with rows, as opposed to the pill of a client or an external service. */
    public boolean card() {
        return kind == ServiceKind.SERVICE;
    }
}
