package io.signalbox.console.rollouts;

import io.signalbox.console.control.Commands;
import io.signalbox.console.feed.FollowedTap;
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

    private final FollowedTap tap;
    private final Scheduler scheduler;
    private final ReadOnlyLongWrapper looks = new ReadOnlyLongWrapper(this, "looks");
    private Shelf shelf = new Shelf("");
    private Scheduler.Cancellable ticking = () -> {};
    private Scheduler.Cancellable askingAgain = () -> {};
    private Duration patience = AGAIN;
    private @Nullable String failure;
    private boolean open;

    ShelfViewModel(Commands commands, Scheduler scheduler) {
        tap = new FollowedTap(commands.questions(), INBOX, BEFORE);
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
        tap.follow(
                new RequestFilter(shelf.service(), null, Duration.ZERO, null, null),
                this::take,
                refused -> fail(refused.message()));
    }

    private void take(List<RequestLine> before) {
        failure = null;
        patience = AGAIN;
        before.reversed().forEach(shelf::remember);
        looks.set(looks.get() + 1);
    }

    private void fail(String why) {
        failure = why;
        looks.set(looks.get() + 1);
        askingAgain = scheduler.schedule(patience, this::ask);
        Duration doubled = patience.multipliedBy(2);
        patience = doubled.compareTo(AGAIN_AT_MOST) < 0 ? doubled : AGAIN_AT_MOST;
    }

    private void tick() {
        tap.take().oldestFirst().forEach(shelf::add);
        looks.set(looks.get() + 1);
    }

    private void leave() {
        askingAgain.cancel();
        tap.leave();
    }
}
