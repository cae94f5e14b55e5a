package io.signalbox.console.events;

import io.signalbox.console.control.Commands;
import io.signalbox.console.control.Outcome;
import io.signalbox.mesh.event.MeshEvent;
import io.signalbox.mesh.event.RecordedEvent;
import io.signalbox.mesh.model.status.MeshSnapshot;
import java.util.List;
import java.util.Locale;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.transformation.FilteredList;
import org.jspecify.annotations.Nullable;

/**
 * The newest events, newest first, fetched whenever a snapshot knows of more. Belongs to the user-interface thread.
 */
public final class EventsViewModel {

    private static final int KEPT = 1000;

    private final Commands commands;
    private final ObservableList<RecordedEvent> all = FXCollections.observableArrayList();
    private final FilteredList<RecordedEvent> shown = new FilteredList<>(all);
    private final StringProperty filter = new SimpleStringProperty(this, "filter", "");
    private final ObjectProperty<Topic> topic = new SimpleObjectProperty<>(this, "topic", Topic.ALL);
    private final ReadOnlyObjectWrapper<@Nullable String> failure = new ReadOnlyObjectWrapper<>(this, "failure", null);
    private long newest;
    private boolean fetching;

    public EventsViewModel(Commands commands) {
        this.commands = commands;
        filter.addListener((property, old, text) -> refilter());
        topic.addListener((property, old, chosen) -> refilter());
    }

    public void update(MeshSnapshot snapshot) {
        if (fetching || snapshot.eventSequence() <= newest) {
            return;
        }
        fetching = true;
        commands.fetch(mesh -> mesh.events(newest, KEPT), this::add, this::failed);
    }

    /** Newest first. */
    public ObservableList<RecordedEvent> rows() {
        return shown;
    }

    public int total() {
        return all.size();
    }

    /** Text that must occur in the event's subject. */
    public StringProperty filter() {
        return filter;
    }

    public ObjectProperty<Topic> topic() {
        return topic;
    }

    /** Why the last fetch failed, or {@code null}. */
    public ReadOnlyObjectProperty<@Nullable String> failure() {
        return failure.getReadOnlyProperty();
    }

    private void failed(Outcome.Failed outcome) {
        fetching = false;
        failure.set(outcome.message());
    }

    private void add(List<RecordedEvent> oldestFirst) {
        fetching = false;
        failure.set(null);
        if (oldestFirst.isEmpty()) {
            return;
        }
        newest = oldestFirst.getLast().sequence();
        all.addAll(0, oldestFirst.reversed());
        if (all.size() > KEPT) {
            all.remove(KEPT, all.size());
        }
    }

    private void refilter() {
        String wanted = filter.get().strip().toLowerCase(Locale.ROOT);
        Topic chosen = topic.get();
        shown.setPredicate(recorded -> chosen.holds(recorded.event())
                && recorded.event().subject().toLowerCase(Locale.ROOT).contains(wanted));
    }

    /** A kind of event that can be looked at alone. */
    public enum Topic {
        ALL,
        BREAKERS,
        CHANGES,
        INSTANCES;

        boolean holds(MeshEvent event) {
            return this == ALL || this == of(event);
        }

        static Topic of(MeshEvent event) {
            return switch (event) {
                case MeshEvent.BreakerMoved moved -> BREAKERS;
                case MeshEvent.PolicyChanged changed -> CHANGES;
                case MeshEvent.WeightChanged changed -> CHANGES;
                case MeshEvent.FaultSwitched switched -> CHANGES;
                case MeshEvent.LoadChanged changed -> CHANGES;
                case MeshEvent.ControlPlaneStarted started -> INSTANCES;
                case MeshEvent.InstanceRegistered registered -> INSTANCES;
                case MeshEvent.InstanceLeft left -> INSTANCES;
                case MeshEvent.HealthChanged changed -> INSTANCES;
                case MeshEvent.DrainChanged changed -> INSTANCES;
                case MeshEvent.InstancePowerChanged changed -> INSTANCES;
                case MeshEvent.CertificateIssued issued -> INSTANCES;
            };
        }
    }
}
