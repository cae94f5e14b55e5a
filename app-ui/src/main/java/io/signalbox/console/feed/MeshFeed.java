package io.signalbox.console.feed;

import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.model.status.MeshSnapshot;
import io.signalbox.mesh.time.Ticker;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/**
 * The latest picture of the mesh on the FX thread.
 *
 * <p>Snapshots arrive on a thread of the connection, which only leaves the newest behind: at most one task waits for
 * the FX thread however slow that is, and pictures in between are dropped. Everything public but {@link #start} and
 * {@link #close} belongs to the FX thread.
 */
public final class MeshFeed implements AutoCloseable {

    private final MeshConnection connection;
    private final Executor fx;
    private final Ticker ticker;
    private final InstantSource clock;
    private final AtomicReference<@Nullable Arrival> waiting = new AtomicReference<>();
    private final AtomicReference<MeshConnection.@Nullable Subscription> subscription = new AtomicReference<>();

    private final ReadOnlyObjectWrapper<Optional<MeshSnapshot>> snapshot =
            new ReadOnlyObjectWrapper<>(this, "snapshot", Optional.empty());
    private final ReadOnlyObjectWrapper<Link> link = new ReadOnlyObjectWrapper<>(this, "link", new Link.Connecting());
    private final TotalsHistory history = new TotalsHistory();
    private final VersionHistories versions = new VersionHistories();
    private final Set<Observer> observers = new LinkedHashSet<>();
    private long arrivedNanos;

    /**
     * A feed that has not started yet.
     *
     * @param fx runs a task on the FX thread
     */
    public MeshFeed(MeshConnection connection, Executor fx, Ticker ticker, InstantSource clock) {
        this.connection = connection;
        this.fx = fx;
        this.ticker = ticker;
        this.clock = clock;
    }

    /** Subscribes to the connection; may block on the network, so not on the FX thread. */
    public void start() {
        MeshConnection.Subscription fresh = connection.subscribe(new PartListener() {
            @Override
            public void snapshot(MeshSnapshot picture) {
                leave(new Arrival(Optional.of(picture), OptionalLong.of(ticker.nanos()), Optional.of(new Link.Live())));
            }

            @Override
            public void otherPart(MeshSnapshot picture) {
                leave(new Arrival(Optional.of(picture), OptionalLong.empty(), Optional.empty()));
            }

            @Override
            public void disconnected(String why) {
                leave(new Arrival(
                        Optional.empty(), OptionalLong.empty(), Optional.of(new Link.Lost(why, clock.instant()))));
            }
        });
        MeshConnection.Subscription old = subscription.getAndSet(fresh);
        if (old != null) {
            old.close();
        }
    }

    @Override
    public void close() {
        MeshConnection.Subscription old = subscription.getAndSet(null);
        if (old != null) {
            old.close();
        }
    }

    /** The newest picture; empty before the first. */
    public ReadOnlyObjectProperty<Optional<MeshSnapshot>> snapshotProperty() {
        return snapshot.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Link> linkProperty() {
        return link.getReadOnlyProperty();
    }

    public TotalsHistory history() {
        return history;
    }

    public VersionHistories versions() {
        return versions;
    }

    /** How long ago the newest picture came; empty before the first. */
    public Optional<Duration> age() {
        return snapshot.get().map(picture -> Duration.ofNanos(ticker.nanos() - arrivedNanos));
    }

    /** Delivers the newest picture now, if there is one, and each later one until the answer is closed. */
    public MeshConnection.Subscription observe(Consumer<MeshSnapshot> consumer) {
        Observer observer = new Observer(consumer);
        observers.add(observer);
        snapshot.get().ifPresent(consumer);
        return () -> observers.remove(observer);
    }

    /** How many observers have not been closed. */
    public int observerCount() {
        return observers.size();
    }

    private void leave(Arrival arrival) {
        Arrival before = waiting.getAndUpdate(old -> old == null ? arrival : arrival.after(old));
        if (before == null) {
            fx.execute(this::take);
        }
    }

    private void take() {
        Arrival arrival = waiting.getAndSet(null);
        if (arrival == null) {
            return;
        }
        arrival.picture().ifPresent(picture -> {
            arrival.nanos().ifPresent(nanos -> {
                arrivedNanos = nanos;
                history.add(picture);
                versions.add(picture);
            });
            snapshot.set(arrival.picture());
        });
        arrival.link().ifPresent(link::set);
        arrival.picture().ifPresent(picture -> {
            for (Observer observer : List.copyOf(observers)) {
                observer.consumer().accept(picture);
            }
        });
    }

    /**
     * What the connection left behind since the FX thread last looked.
     *
     * @param picture empty where only the connection changed
     * @param nanos when the mesh said it; empty where it did not, and another part of what it said before is shown
     * @param link empty where it stays as it is
     */
    private record Arrival(Optional<MeshSnapshot> picture, OptionalLong nanos, Optional<Link> link) {

        /** This arrival, with what an older one that nobody has taken says where it says nothing itself. */
        Arrival after(Arrival older) {
            return new Arrival(
                    picture.or(older::picture), nanos.isPresent() ? nanos : older.nanos, link.or(older::link));
        }
    }

    /** One observer; two of the same consumer are two. */
    private static final class Observer {

        private final Consumer<MeshSnapshot> consumer;

        Observer(Consumer<MeshSnapshot> consumer) {
            this.consumer = consumer;
        }

        Consumer<MeshSnapshot> consumer() {
            return consumer;
        }
    }
}
