package io.signalbox.console.traffic;

import io.signalbox.console.control.Commands;
import io.signalbox.console.control.LatestWins;
import io.signalbox.console.rows.KeyedRows;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.status.MeshSnapshot;
import io.signalbox.mesh.model.status.ServiceStatus;
import io.signalbox.mesh.model.status.SplitStatus;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import javafx.collections.ObservableList;

/** Every split of the mesh, by service. Belongs to the user-interface thread. */
public final class TrafficViewModel {

    private final KeyedRows<String, Member, SplitRow> rows;

    /** @param by whose name the changes carry */
    public TrafficViewModel(Commands commands, String by) {
        SplitRow.SenderFactory senders = (service, told) -> new LatestWins<>(
                commands, (mesh, weights) -> mesh.setWeights(service, weights, new ChangeNote(by, "")), told);
        rows = new KeyedRows<>(
                member -> member.split().service(),
                member -> new SplitRow(member.split(), senders),
                (row, member) -> row.update(member.split(), member.service()));
    }

    public void update(MeshSnapshot snapshot) {
        Map<String, ServiceStatus> services =
                snapshot.services().stream().collect(Collectors.toMap(ServiceStatus::name, Function.identity()));
        rows.follow(snapshot.splits().stream()
                .filter(split -> services.containsKey(split.service()))
                .map(split -> new Member(split, Objects.requireNonNull(services.get(split.service()))))
                .toList());
        rows.order(Comparator.comparing(SplitRow::service));
    }

    public ObservableList<SplitRow> rows() {
        return rows.rows();
    }

    private record Member(SplitStatus split, ServiceStatus service) {}
}
