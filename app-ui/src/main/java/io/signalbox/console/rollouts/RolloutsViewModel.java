package io.signalbox.console.rollouts;

import io.signalbox.console.control.Commands;
import io.signalbox.console.control.Outcome;
import io.signalbox.console.rows.KeyedRows;
import io.signalbox.console.text.Texts;
import io.signalbox.mesh.client.MeshConnection.PolicyText;
import io.signalbox.mesh.client.Rollouts;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.status.MeshSnapshot;
import io.signalbox.mesh.model.status.RolloutPhase;
import io.signalbox.mesh.model.status.RolloutStatus;
import io.signalbox.mesh.time.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/**
 * The rollouts of the mesh and the chosen one with those before it. Asks again after an event, and every second. Belongs
 * to the user-interface thread.
 */
public final class RolloutsViewModel {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Commands commands;
    private final String by;
    private final KeyedRows<RolloutRow.Key, RolloutStatus, RolloutRow> rows =
            new KeyedRows<>(RolloutRow::key, RolloutRow::new, RolloutRow::set);
    private final ReadOnlyObjectWrapper<Optional<RolloutStatus>> chosen =
            new ReadOnlyObjectWrapper<>(this, "chosen", Optional.empty());
    private final ReadOnlyObjectWrapper<List<RolloutStatus>> past =
            new ReadOnlyObjectWrapper<>(this, "past", List.of());
    private final ReadOnlyObjectWrapper<VersionTraffic> traffic =
            new ReadOnlyObjectWrapper<>(this, "traffic", VersionTraffic.NONE);
    private final ReadOnlyObjectWrapper<List<Candidates>> candidates =
            new ReadOnlyObjectWrapper<>(this, "candidates", List.of());
    private final ReadOnlyObjectWrapper<@Nullable String> failure = new ReadOnlyObjectWrapper<>(this, "failure", null);
    private final ReadOnlyBooleanWrapper told = new ReadOnlyBooleanWrapper(this, "told", false);
    private final ReadOnlyObjectWrapper<Optional<RolloutStatus>> opened =
            new ReadOnlyObjectWrapper<>(this, "opened", Optional.empty());
    private final Map<RolloutRow.Key, EvidenceTrace> traces = new HashMap<>();
    private final LeverViewModel lever;
    private final ShelfViewModel shelf;
    private Optional<MeshSnapshot> newest = Optional.empty();
    private Optional<RolloutRow.Key> wanted = Optional.empty();
    private Optional<Standing> pastOf = Optional.empty();
    private final ReadOnlyLongWrapper taken = new ReadOnlyLongWrapper(this, "taken");
    private boolean taking;
    private boolean asking;
    private boolean askAgain;
    private long seen = -1;
    private Instant asked = Instant.MIN;

    /** @param by whose name the changes carry */
    public RolloutsViewModel(Commands commands, Scheduler scheduler, String by) {
        this.commands = commands;
        this.by = by;
        shelf = new ShelfViewModel(commands, scheduler);
        lever = new LeverViewModel(commands, by, this::read);
    }

    ObservableList<RolloutRow> rows() {
        return rows.rows();
    }

    ReadOnlyObjectProperty<Optional<RolloutStatus>> chosen() {
        return chosen.getReadOnlyProperty();
    }

    /** The one that ended before and was opened; empty while the current one is looked at. */
    ReadOnlyObjectProperty<Optional<RolloutStatus>> opened() {
        return opened.getReadOnlyProperty();
    }

    /** Where the evidence of the chosen one stood, as often as it was asked for. */
    EvidenceTrace trace() {
        return chosen.get()
                .flatMap(now -> Optional.ofNullable(traces.get(RolloutRow.key(now))))
                .orElseGet(EvidenceTrace::new);
    }

    /** Those of the chosen one's service that ended, newest first. */
    ReadOnlyObjectProperty<List<RolloutStatus>> past() {
        return past.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<VersionTraffic> traffic() {
        return traffic.getReadOnlyProperty();
    }

    /** The share of the chosen one's candidate. */
    LeverViewModel lever() {
        return lever;
    }

    /** The callers of the chosen one's service. */
    ShelfViewModel shelf() {
        return shelf;
    }

    /** For which services one can be started. */
    ReadOnlyObjectProperty<List<Candidates>> candidates() {
        return candidates.getReadOnlyProperty();
    }

    /** Why the rollouts could not be read, or {@code null}. */
    ReadOnlyObjectProperty<@Nullable String> failure() {
        return failure.getReadOnlyProperty();
    }

    /** Whether the mesh has told its rollouts once. */
    ReadOnlyBooleanProperty told() {
        return told.getReadOnlyProperty();
    }

    /** How many answers were taken in; after each the rows may stand in other places. */
    ReadOnlyLongProperty taken() {
        return taken.getReadOnlyProperty();
    }

    void update(MeshSnapshot snapshot) {
        newest = Optional.of(snapshot);
        candidates.set(Candidates.of(snapshot));
        look();
        boolean due = !asked.plus(PAUSE).isAfter(snapshot.at());
        if (!asking && (due || snapshot.eventSequence() != seen)) {
            asked = snapshot.at();
            seen = snapshot.eventSequence();
            read();
        }
    }

    /** Asks the mesh now; while it is being asked, once more afterwards. */
    void read() {
        if (asking) {
            askAgain = true;
            return;
        }
        asking = true;
        Optional<RolloutRow.Key> key = wanted;
        Optional<Standing> known = pastOf;
        commands.fetch(mesh -> ask(mesh.rollouts(), key, known), this::takeIn, failed -> {
            asking = false;
            failure.set(failed.message());
        });
    }

    /** Looks at one that ended before. */
    void open(RolloutStatus ended) {
        opened.set(Optional.of(ended));
        look();
    }

    /** Looks at the current one again. */
    void leaveOpened() {
        opened.set(Optional.empty());
        look();
    }

    /** Looks at one of them; not while rows move, for then no person chooses. */
    void choose(RolloutRow.Key key) {
        if (!taking && !wanted.equals(Optional.of(key))) {
            opened.set(Optional.empty());
            wanted = Optional.of(key);
            past.set(List.of());
            pastOf = Optional.empty();
            look();
            read();
        }
    }

    /** Looks at the one of a service that goes on or ended last. */
    void reveal(String service) {
        rows().stream()
                .map(row -> RolloutRow.key(row.current()))
                .filter(key -> key.service().equals(service))
                .findFirst()
                .ifPresent(this::choose);
    }

    /** What the policy of a service says now. */
    void policy(String service, Consumer<PolicyText> told, Consumer<Outcome.Failed> failed) {
        commands.fetch(mesh -> mesh.policy(service), told, failed);
    }

    /** The rollout of a service that has begun and not ended. */
    Optional<RolloutStatus> active(String service) {
        return rows().stream()
                .map(RolloutRow::current)
                .filter(one -> one.service().equals(service))
                .filter(one -> !one.phase().ended() && one.phase() != RolloutPhase.QUEUED)
                .findFirst();
    }

    /** @param texts in which a failure says what holds */
    void start(Start start, String reason, Texts texts, Consumer<Outcome> ended) {
        commands.fetch(
                mesh -> start.begin(mesh, new ChangeNote(by, reason), texts),
                begun -> {
                    opened.set(Optional.empty());
                    wanted = Optional.of(RolloutRow.key(begun));
                    pastOf = Optional.empty();
                    ended.accept(new Outcome.Done());
                    read();
                },
                ended::accept);
    }

    /** Does to a rollout what a person asked for; refused when it is not the one that was shown. */
    void act(RolloutAct act, RolloutStatus shown, String reason, Consumer<Outcome> ended) {
        commands.run(mesh -> act.on(mesh.rollouts(), shown, new ChangeNote(by, reason)), outcome -> {
            ended.accept(outcome);
            read();
        });
    }

    private static Told ask(Rollouts rollouts, Optional<RolloutRow.Key> wanted, Optional<Standing> known) {
        List<RolloutStatus> all = rollouts.list();
        Optional<Standing> standing = pick(all, wanted).map(one -> Standing.of(one.service(), all));
        boolean moved = standing.isPresent() && !standing.equals(known);
        return new Told(all, standing, moved ? standing.map(of -> rollouts.history(of.service())) : Optional.empty());
    }

    private static Optional<RolloutStatus> pick(List<RolloutStatus> all, Optional<RolloutRow.Key> wanted) {
        return all.stream()
                .filter(one -> wanted.equals(Optional.of(RolloutRow.key(one))))
                .findFirst()
                .or(() -> all.stream()
                        .filter(one ->
                                wanted.isPresent() && wanted.get().service().equals(one.service()))
                        .findFirst())
                .or(() -> all.stream().filter(one -> !one.phase().ended()).findFirst())
                .or(() -> all.stream().findFirst());
    }

    private void takeIn(Told answer) {
        asking = false;
        failure.set(null);
        taking = true;
        rows.follow(answer.all());
        rows.order(Comparator.<RolloutRow, String>comparing(row -> row.current().service())
                .thenComparingLong(row -> row.current().number()));
        taking = false;
        remember(answer.all());
        Optional<String> shown = pick(answer.all(), wanted).map(RolloutStatus::service);
        if (answer.past().isPresent() && shown.equals(answer.standing().map(Standing::service))) {
            past.set(answer.past().orElseThrow());
            pastOf = answer.standing();
        }
        look();
        told.set(true);
        taken.set(taken.get() + 1);
        if (askAgain) {
            askAgain = false;
            read();
        }
    }

    /** Of each that goes on where its evidence stands; of what is told no more nothing is kept. */
    private void remember(List<RolloutStatus> all) {
        traces.keySet().retainAll(all.stream().map(RolloutRow::key).toList());
        newest.map(MeshSnapshot::at)
                .ifPresent(at -> all.stream()
                        .filter(one -> !one.phase().ended() && one.phase() != RolloutPhase.QUEUED)
                        .forEach(one -> traces.computeIfAbsent(RolloutRow.key(one), key -> new EvidenceTrace())
                                .add(at, one)));
    }

    private void look() {
        List<RolloutStatus> all = rows().stream().map(RolloutRow::current).toList();
        Optional<RolloutStatus> current = pick(all, wanted);
        wanted = current.map(RolloutRow::key).or(() -> wanted);
        Optional<RolloutStatus> now = opened.get().or(() -> current);
        traffic.set(now.flatMap(one -> newest.map(mesh -> VersionTraffic.of(mesh, one)))
                .orElse(VersionTraffic.NONE));
        lever.update(now, newest);
        shelf.update(now);
        chosen.set(now);
    }

    private record Told(List<RolloutStatus> all, Optional<Standing> standing, Optional<List<RolloutStatus>> past) {}

    /** How the rollouts of a service stand; while that is the same, so are those that ended. */
    private record Standing(String service, List<String> of) {

        static Standing of(String service, List<RolloutStatus> all) {
            return new Standing(
                    service,
                    all.stream()
                            .filter(one -> one.service().equals(service))
                            .map(one -> one.number() + " " + one.phase())
                            .toList());
        }
    }
}
