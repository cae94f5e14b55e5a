package io.signalbox.console.requests;

import io.signalbox.console.control.Commands;
import io.signalbox.console.feed.TapInbox;
import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.Requests;
import io.signalbox.mesh.explain.RequestFilter;
import io.signalbox.mesh.explain.RequestLine;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.time.Scheduler;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/**
 * The requests that end, newest first, as a filter leaves them. Belongs to the user-interface thread.
 *
 * <p>The mesh sifts by what it can, the rest is done here. A condition that cannot be read is passed
 * over; the others are in force here at once, and at the mesh when nobody has typed for a moment.
 */
public final class RequestsViewModel {

    static final Duration TICK = Duration.ofMillis(250);
    static final Duration TYPING = Duration.ofMillis(300);
    static final Duration HOLD = Duration.ofSeconds(4);
    static final int INBOX = 1_000;

    private static final int RATE_TICKS = 20;

    private final Commands commands;
    private final Scheduler scheduler;
    private final RequestRows rows = new RequestRows();
    private final StringProperty filter = new SimpleStringProperty(this, "filter", "");
    private final BooleanProperty paused = new SimpleBooleanProperty(this, "paused");
    private final ReadOnlyIntegerWrapper newer = new ReadOnlyIntegerWrapper(this, "newer");
    private final ReadOnlyLongWrapper notShown = new ReadOnlyLongWrapper(this, "notShown");
    private final ReadOnlyLongWrapper untold = new ReadOnlyLongWrapper(this, "untold");
    private final ReadOnlyDoubleWrapper perSecond = new ReadOnlyDoubleWrapper(this, "perSecond");
    private final ReadOnlyObjectWrapper<@Nullable InvalidValueException> problem =
            new ReadOnlyObjectWrapper<>(this, "problem", null);
    private final ReadOnlyObjectWrapper<Reading> reading =
            new ReadOnlyObjectWrapper<>(this, "reading", new Reading.Asked());
    private final Deque<Integer> arrivals = new ArrayDeque<>();
    private RequestQuery query = RequestQuery.ALL;
    private RequestFilter tapped = RequestFilter.ALL;
    private TapInbox inbox = new TapInbox(INBOX);
    private MeshConnection.Subscription tap = () -> {};
    private Scheduler.Cancellable ticking = () -> {};
    private Scheduler.Cancellable typing = () -> {};
    private Scheduler.Cancellable holding = () -> {};
    private boolean open;
    private boolean held;
    private int generation;

    public RequestsViewModel(Commands commands, Scheduler scheduler) {
        this.commands = commands.questions();
        this.scheduler = scheduler;
        filter.subscribe((before, now) -> read(now));
        paused.subscribe((before, now) -> settle());
    }

    /** Begins to follow what ends. */
    void open() {
        open = true;
        ticking = scheduler.scheduleEvery(TICK, this::tick);
        follow();
    }

    /** Stops following; what was seen stays. */
    void close() {
        open = false;
        held = false;
        holding.cancel();
        ticking.cancel();
        typing.cancel();
        leave();
    }

    /** Asks the mesh again if it refused. */
    void retry() {
        if (open && reading.get() instanceof Reading.Failed) {
            reading.set(new Reading.Asked());
            follow();
        }
    }

    /** Lets newer ones wait for a moment, as when the pointer moves over the list. */
    void hold() {
        held = true;
        holding.cancel();
        holding = scheduler.schedule(HOLD, this::release);
    }

    /** Takes in what waited, unless it is paused. */
    void release() {
        holding.cancel();
        held = false;
        settle();
    }

    /** Takes in what waited, also while it is held or paused. */
    void takeIn() {
        rows.takeIn();
        newer.set(0);
    }

    /** Newest first. */
    public ObservableList<RequestLine> rows() {
        return rows.shown();
    }

    public int total() {
        return rows.total();
    }

    public StringProperty filter() {
        return filter;
    }

    /** What is wrong with the filter as typed, or {@code null}; the conditions that can be read are in force. */
    public ReadOnlyObjectProperty<@Nullable InvalidValueException> problem() {
        return problem.getReadOnlyProperty();
    }

    public BooleanProperty paused() {
        return paused;
    }

    /** How many wait that the filter leaves. */
    public ReadOnlyIntegerProperty newer() {
        return newer.getReadOnlyProperty();
    }

    /** How many were missed since the tap was opened, whatever the filter says of them. */
    public ReadOnlyLongProperty notShown() {
        return notShown.getReadOnlyProperty();
    }

    /** How many sidecars never told of since the tap was opened, whatever the filter says of them. */
    public ReadOnlyLongProperty untold() {
        return untold.getReadOnlyProperty();
    }

    /** How many came in each of the last seconds. */
    public ReadOnlyDoubleProperty perSecond() {
        return perSecond.getReadOnlyProperty();
    }

    /** How it stands with the mesh. */
    public ReadOnlyObjectProperty<Reading> reading() {
        return reading.getReadOnlyProperty();
    }

    private void tick() {
        TapInbox.Batch batch = inbox.take();
        arrivals.addLast(batch.oldestFirst().size());
        if (arrivals.size() > RATE_TICKS) {
            arrivals.removeFirst();
        }
        int came = arrivals.stream().mapToInt(Integer::intValue).sum();
        perSecond.set(came * 1_000.0 / (arrivals.size() * TICK.toMillis()));
        int gaveWay = rows.add(batch.oldestFirst());
        notShown.set(notShown.get() + batch.dropped() + gaveWay);
        untold.set(untold.get() + batch.untold());
        settle();
    }

    private void settle() {
        if (!held && !paused.get()) {
            rows.takeIn();
        }
        newer.set(rows.newer());
    }

    private void read(String text) {
        QueryParser.Read read = QueryParser.read(text);
        query = read.query();
        problem.set(read.problem());
        rows.filter(query.wanted());
        newer.set(rows.newer());
        typing.cancel();
        if (open && !query.tapped().equals(tapped)) {
            typing = scheduler.schedule(TYPING, this::follow);
        }
    }

    /** Opens a tap for the filter in force, and asks for what ended before it. */
    private void follow() {
        leave();
        RequestFilter wanted = query.tapped();
        TapInbox fresh = new TapInbox(INBOX);
        tapped = wanted;
        inbox = fresh;
        notShown.set(0);
        untold.set(0);
        arrivals.clear();
        int mine = generation;
        commands.fetch(
                mesh -> opened(mesh.requests(), wanted, fresh),
                answer -> take(answer, mine),
                refused -> fail(refused.message(), mine));
    }

    private static Opened opened(Requests requests, RequestFilter wanted, TapInbox fresh) {
        MeshConnection.Subscription tap = requests.tap(wanted, fresh);
        try {
            return new Opened(tap, requests.newest(wanted, RequestRows.KEPT));
        } catch (RuntimeException e) {
            tap.close();
            throw e;
        }
    }

    private void take(Opened answer, int asked) {
        if (asked != generation) {
            quit(answer.tap());
            return;
        }
        tap = answer.tap();
        rows.add(answer.newest());
        rows.takeIn();
        newer.set(0);
        reading.set(new Reading.Live());
    }

    private void fail(String why, int asked) {
        if (asked == generation) {
            reading.set(new Reading.Failed(why));
        }
    }

    private void leave() {
        generation++;
        quit(tap);
        tap = () -> {};
    }

    /** Closing may wait for a connection, so not here. */
    private void quit(MeshConnection.Subscription old) {
        commands.release(old);
    }

    /** How it stands with the mesh. */
    public sealed interface Reading {

        /** It has not answered yet. */
        record Asked() implements Reading {}

        record Live() implements Reading {}

        record Failed(String why) implements Reading {}
    }

    private record Opened(MeshConnection.Subscription tap, List<RequestLine> newest) {}
}
