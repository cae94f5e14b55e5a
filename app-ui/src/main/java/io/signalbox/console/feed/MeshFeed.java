package io.signalbox.console.feed;

import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.model.status.MeshSnapshot;
import io.signalbox.mesh.time.Ticker;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
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
        MeshConnection.Subscription fresh = connection.subscribe(new MeshConnection.SnapshotListener() {
            @Override
            public void snapshot(MeshSnapshot picture) {
                leave(new Arrival(Optional.of(picture), new Link.Live(), ticker.nanos()));
            }

            @Override
            public void disconnected(String why) {
                leave(new Arrival(Optional.empty(), new Link.Lost(why, clock.instant()), ticker.nanos()));
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
        if (arrival.picture().isPresent()) {
            arrivedNanos = arrival.nanos();
            history.add(arrival.picture().get());
            versions.add(arrival.picture().get());
            snapshot.set(arrival.picture());
        }
        link.set(arrival.link());
        if (arrival.picture().isPresent()) {
            for (Observer observer : List.copyOf(observers)) {
                observer.consumer().accept(arrival.picture().get());
            }
        }
    }

    /** What the connection left behind since the FX thread last looked. */
    private record Arrival(Optional<MeshSnapshot> picture, Link link, long nanos) {

        /** This arrival, with the picture of an older one that nobody has taken where it has none itself. */
        Arrival after(Arrival older) {
            return picture.isPresent() ? this : new Arrival(older.picture, link, older.nanos);
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
