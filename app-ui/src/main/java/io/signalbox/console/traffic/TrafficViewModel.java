package io.signalbox.console.traffic;

import io.signalbox.console.control.Commands;
import io.signalbox.console.control.LatestWins;
import io.signalbox.console.rows.KeyedRows;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.status.MeshSnapshot;
import io.signalbox.mesh.model.status.ServiceStatus;
import io.signalbox.mesh.model.status.SplitStatus;
import io.signalbox.mesh.model.status.TrafficStats;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Collectors;
import javafx.collections.ObservableList;

/** Every split of the mesh, by service. Belongs to the user-interface thread. */
public final class TrafficViewModel {

    private final KeyedRows<String, SplitStatus, SplitRow> rows;
    private Map<String, TrafficStats> traffic = Map.of();

    /** @param by whose name the changes carry */
    public TrafficViewModel(Commands commands, String by) {
        SplitRow.SenderFactory senders = (service, told) -> new LatestWins<>(
                commands, (mesh, weights) -> mesh.setWeights(service, weights, new ChangeNote(by, "")), told);
        rows = new KeyedRows<>(
                SplitStatus::service,
                split -> new SplitRow(split, trafficTo(split), senders),
                (row, split) -> row.update(split, trafficTo(split)));
    }

    public void update(MeshSnapshot snapshot) {
        traffic = snapshot.services().stream().collect(Collectors.toMap(ServiceStatus::name, ServiceStatus::stats));
        rows.follow(snapshot.splits());
        rows.order(Comparator.comparing(SplitRow::service));
    }

    public ObservableList<SplitRow> rows() {
        return rows.rows();
    }

    private TrafficStats trafficTo(SplitStatus split) {
        return traffic.getOrDefault(split.service(), TrafficStats.NONE);
    }
}
