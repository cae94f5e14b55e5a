package io.signalbox.console.requests;

import io.signalbox.console.control.Commands;
import io.signalbox.console.feed.FollowedTap;
import io.signalbox.console.feed.TapInbox;
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

    private final FollowedTap tap;
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
    private Scheduler.Cancellable ticking = () -> {};
    private Scheduler.Cancellable typing = () -> {};
    private Scheduler.Cancellable holding = () -> {};
    private boolean open;
    private boolean held;

    public RequestsViewModel(Commands commands, Scheduler scheduler) {
        tap = new FollowedTap(commands.questions(), INBOX, RequestRows.KEPT);
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
        tap.leave();
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
        TapInbox.Batch batch = tap.take();
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
        tapped = query.tapped();
        notShown.set(0);
        untold.set(0);
        arrivals.clear();
        tap.follow(tapped, this::take, refused -> reading.set(new Reading.Failed(refused.message())));
    }

    private void take(List<RequestLine> before) {
        rows.add(before);
        rows.takeIn();
        newer.set(0);
        reading.set(new Reading.Live());
    }

    /** How it stands with the mesh. */
    public sealed interface Reading {

        /** It has not answered yet. */
        record Asked() implements Reading {}

        record Live() implements Reading {}

        record Failed(String why) implements Reading {}
    }
}
