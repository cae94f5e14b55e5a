package io.signalbox.console.history;

import io.signalbox.console.control.Commands;
import io.signalbox.console.control.Outcome;
import io.signalbox.mesh.client.AuditEntry;
import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.MeshException;
import io.signalbox.mesh.client.PolicyChange;
import io.signalbox.mesh.config.PolicyFormat;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.Splitting;
import io.signalbox.mesh.model.Weight;
import io.signalbox.mesh.model.status.MeshSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.transformation.FilteredList;
import org.jspecify.annotations.Nullable;

/**
 * The mesh's audit log, newest first, page by page, and the chosen change with what it did. New entries come in by
 * themselves: after an event, and every five seconds. Belongs to the user-interface thread.
 */
public final class HistoryViewModel {

    /** How many entries are asked for at once. */
    static final int PAGE = 100;

    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final Commands commands;
    private final String by;
    private final ObservableList<AuditEntry> all = FXCollections.observableArrayList();
    private final FilteredList<AuditEntry> shown = new FilteredList<>(all);
    private final StringProperty filter = new SimpleStringProperty(this, "filter", "");
    private final ReadOnlyObjectWrapper<Looked> looked = new ReadOnlyObjectWrapper<>(this, "looked", new Looked.None());
    private final ReadOnlyObjectWrapper<@Nullable String> failure = new ReadOnlyObjectWrapper<>(this, "failure", null);
    private final ReadOnlyBooleanWrapper older = new ReadOnlyBooleanWrapper(this, "older", false);
    private final ReadOnlyBooleanWrapper told = new ReadOnlyBooleanWrapper(this, "told", false);
    private boolean asking;
    private boolean askingOlder;
    private long seen = -1;
    private Instant asked = Instant.MIN;

    /** @param by whose name the changes carry */
    public HistoryViewModel(Commands commands, String by) {
        this.commands = commands;
        this.by = by;
        filter.subscribe(typed -> shown.setPredicate(ChangeFilter.of(typed)::takes));
    }

    /** Those that the filter leaves of all that were read. */
    public ObservableList<AuditEntry> rows() {
        return shown;
    }

    /** How many were read. */
    public int total() {
        return all.size();
    }

    public StringProperty filter() {
        return filter;
    }

    /** Why the log could not be read, or {@code null}. */
    public ReadOnlyObjectProperty<@Nullable String> failure() {
        return failure.getReadOnlyProperty();
    }

    /** Whether the mesh has told its log once. */
    public ReadOnlyBooleanProperty told() {
        return told.getReadOnlyProperty();
    }

    /** Whether there are more before the last. */
    public ReadOnlyBooleanProperty older() {
        return older.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<Looked> looked() {
        return looked.getReadOnlyProperty();
    }

    public void update(MeshSnapshot snapshot) {
        boolean due = !asked.plus(PAUSE).isAfter(snapshot.at());
        if (asking || (snapshot.eventSequence() == seen && !due)) {
            return;
        }
        asked = snapshot.at();
        seen = snapshot.eventSequence();
        readNewest();
    }

    /** Reads what came since. */
    public void readNewest() {
        if (asking) {
            return;
        }
        asking = true;
        long newest = all.isEmpty() ? 0 : all.getFirst().sequence();
        boolean first = !told.get();
        commands.fetch(mesh -> since(mesh, newest), fresh -> takeIn(fresh, first), this::failed);
    }

    /** Reads the page before the last entry. */
    public void readOlder() {
        if (askingOlder || all.isEmpty()) {
            return;
        }
        askingOlder = true;
        long before = all.getLast().sequence();
        commands.fetch(
                mesh -> mesh.audit(before, PAGE),
                page -> {
                    askingOlder = false;
                    older.set(page.size() == PAGE);
                    all.addAll(page);
                },
                failed -> {
                    askingOlder = false;
                    failure.set(failed.message());
                });
    }

    /** Looks at a change; at none with {@code null}. */
    void choose(@Nullable AuditEntry entry) {
        if (entry == null) {
            looked.set(new Looked.None());
        } else if (!entry.equals(chosen())) {
            look(entry);
        }
    }

    /** Takes back the newest change of the chosen one's service. */
    public void undo(ChangeStory story, String reason, Consumer<Outcome> ended) {
        String service = story.entry().subject();
        commands.run(
                mesh -> {
                    refuseStale(mesh, story);
                    mesh.undo(
                            service,
                            OptionalLong.of(story.history().getFirst().revision()),
                            new ChangeNote(by, reason));
                },
                outcome -> changed(outcome, ended));
    }

    /** Puts the chosen revision in force again, unless another one came into force since it was looked at. */
    public void bringBack(ChangeStory story, String reason, Consumer<Outcome> ended) {
        PolicyChange wanted = story.after().orElseThrow();
        OptionalLong holds = OptionalLong.of(story.history().getFirst().revision());
        ChangeNote note = new ChangeNote(by, reason);
        commands.run(mesh -> bringBack(mesh, story, wanted, holds, note), outcome -> changed(outcome, ended));
    }

    private static void bringBack(
            MeshConnection mesh, ChangeStory story, PolicyChange wanted, OptionalLong holds, ChangeNote note) {
        String service = story.entry().subject();
        switch (wanted.change()) {
            case DELETED, CLEARED -> {
                refuseStale(mesh, story);
                mesh.deletePolicy(service, note);
            }
            case PUT, WEIGHTS, UNDONE -> {
                mesh.putPolicy(wanted.yaml(), holds, note);
                // A policy says with which share its canary begins; how far it had come stands beside it.
                Weight weight = wanted.candidateWeight();
                if (weight != null && PolicyFormat.read(wanted.yaml()).splitting() instanceof Splitting.Canary canary) {
                    mesh.setWeights(service, Map.of(canary.candidate(), weight), note);
                }
            }
        }
    }

    /** What would be undone must be what was shown. */
    private static void refuseStale(MeshConnection mesh, ChangeStory story) {
        String service = story.entry().subject();
        long shown = story.history().getFirst().revision();
        long holds = mesh.policy(service).revision();
        if (holds != shown) {
            throw new MeshException(
                    MeshException.Kind.CONFLICT,
                    "revision of " + service + ": " + holds + " (expected: " + shown + ")");
        }
    }

    private void changed(Outcome outcome, Consumer<Outcome> ended) {
        ended.accept(outcome);
        readNewest();
    }

    private static List<AuditEntry> since(MeshConnection mesh, long newest) {
        List<AuditEntry> fresh = new ArrayList<>();
        long before = Long.MAX_VALUE;
        while (true) {
            List<AuditEntry> page = mesh.audit(before, PAGE);
            page.stream().filter(entry -> entry.sequence() > newest).forEach(fresh::add);
            boolean more = page.size() == PAGE && page.getLast().sequence() > newest + 1;
            if (newest == 0 || !more) {
                return fresh;
            }
            before = page.getLast().sequence();
        }
    }

    private void takeIn(List<AuditEntry> fresh, boolean first) {
        asking = false;
        failure.set(null);
        if (first) {
            older.set(fresh.size() == PAGE);
        }
        all.addAll(0, fresh);
        told.set(true);
        AuditEntry chosen = chosen();
        String subject = chosen == null ? "" : chosen.subject();
        if (chosen != null && fresh.stream().anyMatch(entry -> entry.subject().equals(subject))) {
            look(chosen);
        }
    }

    private void failed(Outcome.Failed failed) {
        asking = false;
        failure.set(failed.message());
    }

    private @Nullable AuditEntry chosen() {
        return switch (looked.get()) {
            case Looked.None() -> null;
            case Looked.Asked(var entry) -> entry;
            case Looked.Told(var story) -> story.entry();
            case Looked.Failed(var entry, var why) -> entry;
        };
    }

    private void look(AuditEntry entry) {
        if (entry.revision() == null) {
            looked.set(new Looked.Told(new ChangeStory(entry, List.of())));
            return;
        }
        looked.set(new Looked.Asked(entry));
        commands.fetch(
                mesh -> mesh.history(entry.subject()),
                history -> answer(entry, new Looked.Told(new ChangeStory(entry, history))),
                failed -> answer(entry, new Looked.Failed(entry, failed.message())));
    }

    private void answer(AuditEntry entry, Looked now) {
        if (Objects.equals(chosen(), entry)) {
            looked.set(now);
        }
    }
}
