package io.signalbox.console.policies;

import io.signalbox.console.control.Commands;
import io.signalbox.console.control.Outcome;
import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.MeshConnection.PolicyText;
import io.signalbox.mesh.client.PolicyChange;
import io.signalbox.mesh.client.PolicyNotes;
import io.signalbox.mesh.config.InvalidDocumentException;
import io.signalbox.mesh.config.PolicyFormat;
import io.signalbox.mesh.event.MeshEvent;
import io.signalbox.mesh.event.RecordedEvent;
import io.signalbox.mesh.lint.LintFinding;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.TrafficPolicy;
import io.signalbox.mesh.time.Scheduler;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/**
 * The policies of a mesh, one of which is open to be written. Belongs to the user-interface thread.
 *
 * <p>What somebody writes is kept for each service until it is applied or discarded, also while another one is open. What
 * others change meanwhile comes in by itself where nothing was written, and is offered where something was.
 */
public final class PoliciesViewModel {

    /** A text is looked at when nobody has typed for so long. */
    static final Duration REST = Duration.ofMillis(250);

    /** How many events are looked through at once for a change of policy; a longer gap counts as one. */
    private static final int EVENTS = 200;

    private final Commands commands;
    private final Scheduler scheduler;
    private final String operator;
    private final ObservableList<PolicyRow> rows = FXCollections.observableArrayList();
    private final Map<String, Draft> drafts = new HashMap<>();
    private final StringProperty filter = new SimpleStringProperty(this, "filter", "");
    private final ReadOnlyObjectWrapper<Reading> reading = new ReadOnlyObjectWrapper<>(new Reading.Asked());
    private final ReadOnlyObjectWrapper<Optional<Draft>> open = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<PolicyText>> newer = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Judgement> judgement = new ReadOnlyObjectWrapper<>(new Judgement.Awaited());
    private final ReadOnlyObjectWrapper<List<PolicyChange>> history = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyObjectWrapper<NavigableMap<String, String>> unread =
            new ReadOnlyObjectWrapper<>(Collections.emptyNavigableMap());
    private Optional<PolicyNotes> notes = Optional.empty();
    private String wanted = "";
    private long seen = -1;
    private Scheduler.Cancellable rest = () -> {};

    public PoliciesViewModel(Commands commands, Scheduler scheduler, String operator) {
        this.commands = commands;
        this.scheduler = scheduler;
        this.operator = operator;
        filter.subscribe(text -> list());
    }

    /** Those that the filter leaves, by name. */
    public ObservableList<PolicyRow> rows() {
        return rows;
    }

    public StringProperty filter() {
        return filter;
    }

    public ReadOnlyObjectProperty<Reading> reading() {
        return reading.getReadOnlyProperty();
    }

    /** What is written for the service that is open. */
    public ReadOnlyObjectProperty<Optional<Draft>> open() {
        return open.getReadOnlyProperty();
    }

    /** What somebody else has put in force since the text was begun. */
    public ReadOnlyObjectProperty<Optional<PolicyText>> newer() {
        return newer.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Judgement> judgement() {
        return judgement.getReadOnlyProperty();
    }

    /** Of the service that is open, newest first. */
    public ReadOnlyObjectProperty<List<PolicyChange>> history() {
        return history.getReadOnlyProperty();
    }

    /** Why the policy of a service cannot be read, by name; such a service is not among the rows. */
    public ReadOnlyObjectProperty<NavigableMap<String, String>> unread() {
        return unread.getReadOnlyProperty();
    }

    public int total() {
        return texts().size();
    }

    /** A newer picture knows of events up to that sequence: if a policy changed, all are read again. */
    void follow(long sequence) {
        if (sequence == seen) {
            return;
        }
        long after = seen;
        seen = sequence;
        if (after < 0 || notes.isEmpty()) {
            read(PolicyNotes::new);
        } else {
            commands.<Optional<PolicyNotes>>fetch(
                    mesh -> changed(mesh.events(after, EVENTS)) ? Optional.of(new PolicyNotes(mesh)) : Optional.empty(),
                    told -> told.ifPresent(this::told),
                    failed -> seen = seen == sequence ? after : seen);
        }
    }

    private static boolean changed(List<RecordedEvent> events) {
        return events.size() == EVENTS
                || events.stream()
                        .map(RecordedEvent::event)
                        .anyMatch(event -> event instanceof MeshEvent.PolicyChanged
                                || event instanceof MeshEvent.WeightChanged
                                || event instanceof MeshEvent.InstanceRegistered
                                || event instanceof MeshEvent.InstanceLeft);
    }

    private void read(Function<MeshConnection, PolicyNotes> call) {
        commands.fetch(call, this::told, failed -> {
            if (notes.isEmpty()) {
                reading.set(new Reading.Failed(failed.message()));
                seen = -1;
            }
        });
    }

    private void told(PolicyNotes now) {
        notes = Optional.of(now);
        unread.set(now.unread());
        reading.set(new Reading.Told());
        list();
        Map<String, PolicyText> texts = texts();
        Optional.of(wanted)
                .filter(texts::containsKey)
                .or(this::openService)
                .filter(texts::containsKey)
                .or(() -> texts.keySet().stream().findFirst())
                .ifPresent(this::open);
    }

    /** Opens a service's policy; what was written for another one is kept. */
    void open(String service) {
        wanted = notes.isEmpty() ? service : "";
        holding(service).ifPresent(this::open);
    }

    private void open(PolicyText holds) {
        String service = holds.service();
        Draft kept = drafts.get(service);
        boolean stale = kept != null && kept.base().revision() != holds.revision();
        Draft draft = kept == null || (stale && !kept.edited()) ? Draft.of(holds) : kept;
        newer.set(draft.base().revision() == holds.revision() ? Optional.empty() : Optional.of(holds));
        if (openService().filter(service::equals).isEmpty()) {
            history.set(List.of());
        }
        show(draft);
        readHistory(service);
    }

    /** Writes that in place of what is written for the open service. */
    void write(String text) {
        open.get().filter(draft -> !draft.text().equals(text)).ifPresent(draft -> show(draft.with(text)));
    }

    /** Drops what is written, for what holds now. */
    void discard() {
        openService()
                .ifPresent(service -> holding(service).ifPresent(holds -> {
                    newer.set(Optional.empty());
                    show(Draft.of(holds));
                    if (!texts().containsKey(service)) {
                        notes.ifPresent(this::told);
                    }
                }));
    }

    /** Goes on writing, from now on against what somebody else has put in force. */
    void keepMine() {
        open.get()
                .ifPresent(draft -> newer.get().ifPresent(holds -> {
                    newer.set(Optional.empty());
                    show(new Draft(holds, draft.text()));
                }));
    }

    /** Puts what is written in force, unless somebody else was first. */
    void apply(String reason, Consumer<Outcome> told) {
        open.get()
                .ifPresent(draft -> change(
                        draft,
                        mesh -> mesh.putPolicy(
                                draft.text(),
                                OptionalLong.of(draft.base().revision()),
                                new ChangeNote(operator, reason)),
                        told));
    }

    /** Takes back the newest change of the open service. */
    void undo(Consumer<Outcome> told) {
        open.get()
                .ifPresent(draft -> change(
                        draft,
                        mesh -> mesh.undo(
                                draft.base().service(),
                                OptionalLong.of(draft.base().revision()),
                                new ChangeNote(operator, "")),
                        told));
    }

    private void change(Draft begun, Function<MeshConnection, PolicyText> call, Consumer<Outcome> told) {
        commands.fetch(
                call,
                now -> {
                    settle(begun, now);
                    read(PolicyNotes::new);
                    told.accept(new Outcome.Done());
                },
                failed -> {
                    read(PolicyNotes::new);
                    told.accept(failed);
                });
    }

    /** What was typed while the change was under way is kept, and so is another service that was opened meanwhile. */
    private void settle(Draft begun, PolicyText now) {
        String service = begun.base().service();
        String text = drafts.getOrDefault(service, begun).text();
        Draft next = text.equals(begun.text()) ? Draft.of(now) : new Draft(now, text);
        if (openService().filter(service::equals).isPresent()) {
            newer.set(Optional.empty());
            show(next);
        } else {
            drafts.put(service, next);
            list();
        }
    }

    /** Somebody looks again: what was left half looked at is looked at now. */
    void resume() {
        open.get().filter(draft -> judgement.get() instanceof Judgement.Awaited).ifPresent(this::judge);
    }

    /** Nobody looks any more. */
    void close() {
        rest.cancel();
    }

    private Optional<PolicyText> holding(String service) {
        return Optional.ofNullable(texts().get(service));
    }

    /** What holds for each service; one that has gone stays while there is text for it that was not applied. */
    private NavigableMap<String, PolicyText> texts() {
        NavigableMap<String, PolicyText> texts = new TreeMap<>();
        drafts.values().stream()
                .filter(Draft::edited)
                .map(Draft::base)
                .forEach(base -> texts.put(base.service(), base));
        notes.ifPresent(now -> texts.putAll(now.texts()));
        return texts;
    }

    private Optional<String> openService() {
        return open.get().map(draft -> draft.base().service());
    }

    private void show(Draft draft) {
        drafts.put(draft.base().service(), draft);
        open.set(Optional.of(draft));
        list();
        judge(draft);
    }

    private void judge(Draft draft) {
        rest.cancel();
        if (!draft.edited()) {
            judgement.set(notes.<Judgement>map(now -> new Judgement.Sound(List.of(), known(now, draft)))
                    .orElseGet(Judgement.Awaited::new));
            return;
        }
        judgement.set(new Judgement.Awaited());
        PolicyNotes now = notes.orElseThrow();
        rest = scheduler.schedule(
                REST,
                () -> commands.fetch(
                        mesh -> judged(draft, now),
                        told -> {
                            if (open.get().filter(draft::equals).isPresent()) {
                                judgement.set(told);
                            }
                        },
                        failed -> {}));
    }

    private static Judgement judged(Draft draft, PolicyNotes now) {
        try {
            TrafficPolicy policy = PolicyFormat.read(draft.text());
            String service = draft.base().service();
            if (!policy.service().equals(service)) {
                return new Judgement.Wrong(lineOf(draft.text()), 1, "service", policy.service(), service);
            }
            return new Judgement.Sound(now.with(List.of(policy)), known(now, draft));
        } catch (InvalidDocumentException e) {
            return Judgement.Wrong.of(e);
        }
    }

    private static int lineOf(String text) {
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith("service:")) {
                return i + 1;
            }
        }
        return 1;
    }

    private static List<LintFinding> known(PolicyNotes now, Draft draft) {
        return now.now().stream()
                .filter(finding -> finding.service().equals(draft.base().service()))
                .toList();
    }

    private void readHistory(String service) {
        commands.fetch(
                mesh -> mesh.history(service),
                told -> {
                    if (openService().filter(service::equals).isPresent()) {
                        history.set(told);
                    }
                },
                failed -> history.set(List.of()));
    }

    private void list() {
        String part = filter.get().strip().toLowerCase(Locale.ROOT);
        List<PolicyRow> next = notes.map(now -> texts().values().stream()
                        .filter(text -> text.service().toLowerCase(Locale.ROOT).contains(part))
                        .map(text -> row(now, text))
                        .toList())
                .orElse(List.of());
        if (!next.equals(rows)) {
            rows.setAll(next);
        }
    }

    private PolicyRow row(PolicyNotes now, PolicyText text) {
        int count = (int) now.now().stream()
                .filter(finding -> finding.service().equals(text.service()))
                .count();
        Draft draft = drafts.get(text.service());
        return new PolicyRow(text.service(), text.revision(), count, draft != null && draft.edited());
    }
}
