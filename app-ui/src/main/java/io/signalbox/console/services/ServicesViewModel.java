package io.signalbox.console.services;

import io.signalbox.console.control.Commands;
import io.signalbox.console.control.Outcome;
import io.signalbox.console.rows.KeyedRows;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.Switch;
import io.signalbox.mesh.model.status.BreakerStatus;
import io.signalbox.mesh.model.status.InstanceStatus;
import io.signalbox.mesh.model.status.MeshSnapshot;
import io.signalbox.mesh.model.status.ServiceKind;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.ObservableList;
import javafx.collections.transformation.FilteredList;

/** Every instance of every service, and what can be done to one. Belongs to the user-interface thread. */
public final class ServicesViewModel {

    private final Commands commands;
    private final String by;
    private final KeyedRows<String, Member, InstanceRow> all = new KeyedRows<>(
            Member::key,
            member -> new InstanceRow(member.kind, member.status, member.callers),
            (row, member) -> row.update(member.status, member.callers));
    private final FilteredList<InstanceRow> shown = new FilteredList<>(all.rows());
    private final StringProperty filter = new SimpleStringProperty(this, "filter", "");

    /** @param by whose name the changes carry */
    public ServicesViewModel(Commands commands, String by) {
        this.commands = commands;
        this.by = by;
        filter.addListener((property, old, text) -> {
            String wanted = text.strip().toLowerCase(Locale.ROOT);
            shown.setPredicate(row -> matches(row, wanted));
        });
    }

    public void update(MeshSnapshot snapshot) {
        Map<String, List<BreakerStatus>> callers = snapshot.breakers().stream()
                .collect(Collectors.groupingBy(breaker -> key(breaker.edge().destination(), breaker.endpoint())));
        List<Member> members = snapshot.services().stream()
                .flatMap(service -> service.versions().stream()
                        .flatMap(version -> version.instances().stream())
                        .map(instance -> new Member(
                                service.kind(),
                                instance,
                                callers.getOrDefault(
                                        key(service.name(), instance.instance().instanceId()), List.of()))))
                .toList();
        all.follow(members);
        all.order(Comparator.comparing(InstanceRow::service).thenComparing(InstanceRow::instanceId));
    }

    /** Takes an instance out of balancing, or puts it back. */
    public void setDraining(InstanceRow row, Switch draining, String reason, Consumer<Outcome> told) {
        commands.run(
                mesh -> mesh.setDraining(row.service(), row.instanceId(), draining, new ChangeNote(by, reason)), told);
    }

    /** Stops or starts an instance's process, where the scenario owns it. */
    public void switchInstance(InstanceRow row, Switch position, Consumer<Outcome> told) {
        commands.run(mesh -> mesh.switchInstance(row.instanceId(), position, new ChangeNote(by, "")), told);
    }

    /** How many other instances of the same service take calls now. */
    public long othersServing(InstanceRow row) {
        return all.rows().stream()
                .filter(other -> other.service().equals(row.service()) && !other.equals(row))
                .map(InstanceRow::current)
                .filter(other -> other.serving() == InstanceStatus.Serving.SERVING
                        && other.running() != InstanceStatus.RunState.STOPPED)
                .count();
    }

    public ObservableList<InstanceRow> rows() {
        return shown;
    }

    public int total() {
        return all.rows().size();
    }

    /** Text that must occur in the service's name, the instance's id, its version or its address. */
    public StringProperty filter() {
        return filter;
    }

    private static boolean matches(InstanceRow row, String wanted) {
        var instance = row.current().instance();
        String text = instance.serviceName()
                + ' '
                + instance.instanceId()
                + ' '
                + instance.version()
                + ' '
                + instance.host()
                + ':'
                + instance.port();
        return text.toLowerCase(Locale.ROOT).contains(wanted);
    }

    private static String key(String service, String instance) {
        return service + '/' + instance;
    }

    private record Member(ServiceKind kind, InstanceStatus status, List<BreakerStatus> callers) {
        String key() {
            return ServicesViewModel.key(
                    status.instance().serviceName(), status.instance().instanceId());
        }
    }
}
