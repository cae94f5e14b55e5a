package io.signalbox.console.confirm;

import io.signalbox.console.control.Commands;
import io.signalbox.console.control.Outcome;
import io.signalbox.console.feed.Link;
import io.signalbox.console.feed.MeshFeed;
import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.PendingChange;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.time.Scheduler;
import io.signalbox.mesh.time.Ticker;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/** The changes that wait to be confirmed, whoever made them, asked for once a second. Belongs to the FX thread. */
public final class PendingViewModel implements AutoCloseable {

    private static final Duration EVERY = Duration.ofSeconds(1);

    private final MeshFeed feed;
    private final Commands commands;
    private final Ticker ticker;
    private final String operator;
    private final Scheduler.Cancellable asking;
    private final ReadOnlyObjectWrapper<Optional<Waiting>> next =
            new ReadOnlyObjectWrapper<>(this, "next", Optional.empty());
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper(this, "problem", "");
    private List<PendingChange> told = List.of();
    private long toldNanos;
    private boolean underWay;

    /** @param commands of a thread of its own, so that nothing else waits for an answer */
    public PendingViewModel(MeshFeed feed, Commands commands, Scheduler scheduler, Ticker ticker, String operator) {
        this.feed = feed;
        this.commands = commands;
        this.ticker = ticker;
        this.operator = operator;
        asking = scheduler.scheduleEvery(EVERY, this::look);
    }

    /**
     * The change that is taken back first.
     *
     * @param left until then
     * @param more how many others wait
     */
    public record Waiting(PendingChange change, Duration left, int more) {}

    /** What is taken back first; empty while nothing waits. */
    public ReadOnlyObjectProperty<Optional<Waiting>> next() {
        return next.getReadOnlyProperty();
    }

    /** Why the last answer was refused; empty while none was. */
    public ReadOnlyStringProperty problem() {
        return problem.getReadOnlyProperty();
    }

    /** Lets what is shown stand. */
    public void keep() {
        answer((mesh, change) -> mesh.confirmations()
                .confirm(change.service(), OptionalLong.of(change.revision()), new ChangeNote(operator, "")));
    }

    /** Takes what is shown back at once. */
    public void revert() {
        answer((mesh, change) -> mesh.confirmations()
                .revert(change.service(), OptionalLong.of(change.revision()), new ChangeNote(operator, "")));
    }

    @Override
    public void close() {
        asking.cancel();
    }

    private void answer(BiConsumer<MeshConnection, PendingChange> call) {
        next.get()
                .map(Waiting::change)
                .ifPresent(change -> commands.run(mesh -> call.accept(mesh, change), outcome -> {
                    problem.set(outcome instanceof Outcome.Failed failed ? failed.message() : "");
                    ask();
                }));
    }

    private void look() {
        show();
        ask();
    }

    /** Nothing is asked while the connection is broken; what was told before counts on. */
    private void ask() {
        if (underWay || !(feed.linkProperty().get() instanceof Link.Live)) {
            return;
        }
        underWay = true;
        commands.fetch(
                mesh -> mesh.confirmations().pending(),
                now -> {
                    underWay = false;
                    told = now;
                    toldNanos = ticker.nanos();
                    show();
                },
                failed -> underWay = false);
    }

    private void show() {
        long since = Duration.ofNanos(ticker.nanos() - toldNanos).toMillis();
        Optional<PendingChange> first = told.stream().min(Comparator.comparingLong(PendingChange::leftMillis));
        if (first.isEmpty()) {
            problem.set("");
        }
        next.set(first.map(change ->
                new Waiting(change, Duration.ofMillis(Math.max(0, change.leftMillis() - since)), told.size() - 1)));
    }
}
