package io.signalbox.console.events;

import io.signalbox.console.control.Commands;
import io.signalbox.console.control.Outcome;
import io.signalbox.mesh.event.MeshEvent;
import io.signalbox.mesh.event.RecordedEvent;
import io.signalbox.mesh.model.status.MeshSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
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
 *
 * <p>While it is held, newer ones wait and are only counted.
 */
public final class EventsViewModel {

    private static final int KEPT = 1000;

    private final Commands commands;
    private final Function<MeshEvent, String> words;
    private final ObservableList<RecordedEvent> all = FXCollections.observableArrayList();
    private final FilteredList<RecordedEvent> shown = new FilteredList<>(all);
    private final List<RecordedEvent> waiting = new ArrayList<>();
    private final ReadOnlyIntegerWrapper newer = new ReadOnlyIntegerWrapper(this, "newer", 0);
    private final StringProperty filter = new SimpleStringProperty(this, "filter", "");
    private final ObjectProperty<Topic> topic = new SimpleObjectProperty<>(this, "topic", Topic.ALL);
    private final ReadOnlyObjectWrapper<@Nullable String> failure = new ReadOnlyObjectWrapper<>(this, "failure", null);
    private Predicate<RecordedEvent> wanted = recorded -> true;
    private long newest;
    private boolean fetching;
    private boolean held;

    /** @param words what an event says, for the filter to look in */
    public EventsViewModel(Commands commands, Function<MeshEvent, String> words) {
        this.commands = commands;
        this.words = words;
        filter.subscribe((old, text) -> refilter());
        topic.subscribe((old, chosen) -> refilter());
    }

    public void update(MeshSnapshot snapshot) {
        if (snapshot.eventSequence() < newest) {
            newest = 0;
            waiting.clear();
            all.clear();
        }
        if (fetching || snapshot.eventSequence() <= newest) {
            return;
        }
        fetching = true;
        commands.fetch(mesh -> mesh.events(newest, KEPT), this::add, this::failed);
    }

    /** Lets newer events wait, as while the pointer is over the list. */
    public void hold() {
        held = true;
    }

    /** Takes in what waited, and from now on everything at once. */
    public void release() {
        held = false;
        takeIn();
    }

    /** Takes in what waited; later ones wait again if it is held. */
    public void takeIn() {
        if (!waiting.isEmpty()) {
            List<RecordedEvent> fresh = List.copyOf(waiting);
            waiting.clear();
            all.addAll(0, fresh);
            if (all.size() > KEPT) {
                all.remove(KEPT, all.size());
            }
        }
        count();
    }

    /** Newest first. */
    public ObservableList<RecordedEvent> rows() {
        return shown;
    }

    public int total() {
        return all.size();
    }

    /** How many events of a topic are kept. */
    public int count(Topic of) {
        return (int) all.stream().filter(recorded -> of.holds(recorded.event())).count();
    }

    /** How many wait that the filter leaves. */
    public ReadOnlyIntegerProperty newer() {
        return newer.getReadOnlyProperty();
    }

    /** Words that must all occur in what the event says. */
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
        waiting.addAll(0, oldestFirst.reversed());
        if (held) {
            count();
        } else {
            takeIn();
        }
    }

    private void count() {
        newer.set((int) waiting.stream().filter(wanted).count());
    }

    private void refilter() {
        List<String> looked =
                List.of(filter.get().strip().toLowerCase(Locale.ROOT).split("\\s+"));
        Topic chosen = topic.get();
        wanted = recorded -> {
            String said = words.apply(recorded.event()).toLowerCase(Locale.ROOT);
            return chosen.holds(recorded.event()) && looked.stream().allMatch(said::contains);
        };
        shown.setPredicate(wanted);
        count();
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
                case MeshEvent.EndpointEjected ejected -> BREAKERS;
                case MeshEvent.EndpointReturned returned -> BREAKERS;
                case MeshEvent.PolicyChanged changed -> CHANGES;
                case MeshEvent.WeightChanged changed -> CHANGES;
                case MeshEvent.RolloutMoved moved -> CHANGES;
                case MeshEvent.FaultSwitched switched -> CHANGES;
                case MeshEvent.LoadChanged changed -> CHANGES;
                case MeshEvent.ControlPlaneStarted started -> INSTANCES;
                case MeshEvent.InstanceRegistered registered -> INSTANCES;
                case MeshEvent.InstanceLeft left -> INSTANCES;
                case MeshEvent.HealthChanged changed -> INSTANCES;
                case MeshEvent.DrainChanged changed -> INSTANCES;
                case MeshEvent.InstancePowerChanged changed -> INSTANCES;
                case MeshEvent.AdoptionChanged changed -> INSTANCES;
                case MeshEvent.CallsDenied denied -> CHANGES;
                case MeshEvent.CertificateIssued issued -> INSTANCES;
            };
        }
    }
}
