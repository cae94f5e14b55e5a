package io.signalbox.console.rollouts;

import io.signalbox.console.control.Commands;
import io.signalbox.console.feed.TapInbox;
import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.Requests;
import io.signalbox.mesh.explain.RequestFilter;
import io.signalbox.mesh.explain.RequestLine;
import io.signalbox.mesh.model.status.RolloutStatus;
import io.signalbox.mesh.time.Scheduler;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import org.jspecify.annotations.Nullable;

/** Follows the requests of the chosen rollout's service as they end, while it is open. Belongs to the user-interface thread. */
final class ShelfViewModel {

    static final Duration TICK = Duration.ofMillis(500);

    /** After how long it asks again at first, and at most; doubled each time. */
    static final Duration AGAIN = Duration.ofSeconds(1);

    static final Duration AGAIN_AT_MOST = Duration.ofSeconds(30);

    private static final int INBOX = 2_000;
    private static final int BEFORE = 2_000;

    private final Commands commands;
    private final Scheduler scheduler;
    private final ReadOnlyLongWrapper looks = new ReadOnlyLongWrapper(this, "looks");
    private Shelf shelf = new Shelf("");
    private TapInbox inbox = new TapInbox(INBOX);
    private MeshConnection.Subscription tap = () -> {};
    private Scheduler.Cancellable ticking = () -> {};
    private Scheduler.Cancellable askingAgain = () -> {};
    private Duration patience = AGAIN;
    private @Nullable String failure;
    private boolean open;
    private int generation;

    ShelfViewModel(Commands commands, Scheduler scheduler) {
        this.commands = commands.questions();
        this.scheduler = scheduler;
    }

    /** Counts up whenever there may be something new to see. */
    ReadOnlyLongProperty looks() {
        return looks.getReadOnlyProperty();
    }

    Shelf shelf() {
        return shelf;
    }

    /** Why the requests could not be followed, until they are. */
    Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    void open() {
        open = true;
        ticking = scheduler.scheduleEvery(TICK, this::tick);
        follow();
    }

    /** Stops following; what was seen stays. */
    void close() {
        open = false;
        ticking.cancel();
        leave();
    }

    /** Follows the service of another rollout, if it is another. */
    void update(Optional<RolloutStatus> chosen) {
        chosen.map(RolloutStatus::service)
                .filter(service -> !service.equals(shelf.service()))
                .ifPresent(service -> {
                    shelf = new Shelf(service);
                    follow();
                });
    }

    private void follow() {
        failure = null;
        patience = AGAIN;
        looks.set(looks.get() + 1);
        ask();
    }

    private void ask() {
        leave();
        if (!open || shelf.service().isEmpty()) {
            return;
        }
        TapInbox fresh = new TapInbox(INBOX);
        inbox = fresh;
        int mine = generation;
        RequestFilter wanted = new RequestFilter(shelf.service(), null, Duration.ZERO, null, null);
        commands.fetch(
                mesh -> opened(mesh.requests(), wanted, fresh),
                answer -> take(answer, mine),
                refused -> fail(refused.message(), mine));
    }

    private static Opened opened(Requests requests, RequestFilter wanted, TapInbox fresh) {
        MeshConnection.Subscription tap = requests.tap(wanted, fresh);
        try {
            return new Opened(tap, requests.newest(wanted, BEFORE));
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
        failure = null;
        patience = AGAIN;
        answer.newest().reversed().forEach(shelf::remember);
        looks.set(looks.get() + 1);
    }

    private void fail(String why, int asked) {
        if (asked == generation) {
            failure = why;
            looks.set(looks.get() + 1);
            askingAgain = scheduler.schedule(patience, this::ask);
            Duration doubled = patience.multipliedBy(2);
            patience = doubled.compareTo(AGAIN_AT_MOST) < 0 ? doubled : AGAIN_AT_MOST;
        }
    }

    private void tick() {
        inbox.take().oldestFirst().forEach(shelf::add);
        looks.set(looks.get() + 1);
    }

    private void leave() {
        generation++;
        askingAgain.cancel();
        quit(tap);
        tap = () -> {};
    }

    /** Closing may wait for a connection, so not here. */
    private void quit(MeshConnection.Subscription old) {
        commands.release(old);
    }

    private record Opened(MeshConnection.Subscription tap, List<RequestLine> newest) {}
}
