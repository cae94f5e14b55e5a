package io.signalbox.console.shell;

import io.signalbox.console.feed.Link;
import io.signalbox.console.feed.MeshFeed;
import io.signalbox.console.widget.LampState;
import io.signalbox.mesh.client.MeshConnection.Subscription;
import io.signalbox.mesh.model.status.Latency;
import io.signalbox.mesh.model.status.MeshSnapshot;
import io.signalbox.mesh.time.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/**
 * What the top bar says about the whole mesh, as raw values: the figures of the newest picture, and how old that is.
 */
public final class StatusBarViewModel implements AutoCloseable {

    static final Duration FRESH = Duration.ofSeconds(2);
    static final Duration STALE = Duration.ofSeconds(10);
    private static final Duration AGE_EVERY = Duration.ofMillis(500);
    private static final double GOOD_SHARE = 0.99;
    private static final double BAD_SHARE = 0.9;

    private final MeshFeed feed;
    private final Subscription observing;
    private final Scheduler.Cancellable ageing;
    private final javafx.util.Subscription linking;
    private final ReadOnlyObjectWrapper<Optional<Figures>> figures =
            new ReadOnlyObjectWrapper<>(this, "figures", Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Duration>> age =
            new ReadOnlyObjectWrapper<>(this, "age", Optional.empty());
    private final ReadOnlyObjectWrapper<Connection> connection =
            new ReadOnlyObjectWrapper<>(this, "connection", new Connection(LampState.DISABLED, Optional.empty()));

    public StatusBarViewModel(MeshFeed feed, Scheduler scheduler) {
        this.feed = feed;
        observing = feed.observe(this::show);
        ageing = scheduler.scheduleEvery(AGE_EVERY, this::lookAtAge);
        linking = feed.linkProperty().subscribe((before, now) -> lookAtAge());
        lookAtAge();
    }

    /** The figures of the newest picture; empty before the first. */
    public ReadOnlyObjectProperty<Optional<Figures>> figuresProperty() {
        return figures.getReadOnlyProperty();
    }

    /** The age of the newest picture; empty before the first. */
    public ReadOnlyObjectProperty<Optional<Duration>> ageProperty() {
        return age.getReadOnlyProperty();
    }

    /** How fresh the data is, and since when nothing comes any more. */
    public ReadOnlyObjectProperty<Connection> connectionProperty() {
        return connection.getReadOnlyProperty();
    }

    @Override
    public void close() {
        observing.close();
        ageing.cancel();
        linking.unsubscribe();
    }

    private void show(MeshSnapshot snapshot) {
        Latency latency = snapshot.totals().latency();
        figures.set(Optional.of(new Figures(
                snapshot.mesh(),
                snapshot.totals().requestsPerSecond(),
                snapshot.totals().requests() - snapshot.totals().failures(),
                snapshot.totals().requests(),
                latency == null ? OptionalLong.empty() : OptionalLong.of(latency.p50Nanos()),
                latency == null ? OptionalLong.empty() : OptionalLong.of(latency.p99Nanos()),
                snapshot.securedHops(),
                snapshot.meshHops())));
        lookAtAge();
    }

    private void lookAtAge() {
        Optional<Duration> now = feed.age();
        age.set(now);
        Optional<Lost> lost = switch (feed.linkProperty().get()) {
            case Link.Connecting connecting -> Optional.empty();
            case Link.Live live ->
                now.filter(old -> old.compareTo(STALE) >= 0)
                        .map(old -> new Lost("", feed.snapshotProperty().get().map(MeshSnapshot::at)));
            case Link.Lost broken ->
                Optional.of(new Lost(broken.why(), feed.snapshotProperty().get().map(MeshSnapshot::at)));
        };
        connection.set(new Connection(lampOf(now, lost), lost));
    }

    private static LampState lampOf(Optional<Duration> age, Optional<Lost> lost) {
        if (lost.isPresent()) {
            return LampState.OPEN;
        }
        if (age.isEmpty()) {
            return LampState.DISABLED;
        }
        return age.get().compareTo(FRESH) < 0 ? LampState.CLOSED : LampState.HALF_OPEN;
    }

    /**
     * The mesh in figures.
     *
     * @param succeeded of the requests in the window
     * @param requests in the window
     * @param securedHops of the hops in the window, with mutual TLS
     * @param hops in the window
     */
    public record Figures(
            String mesh,
            double requestsPerSecond,
            long succeeded,
            long requests,
            OptionalLong p50Nanos,
            OptionalLong p99Nanos,
            long securedHops,
            long hops) {

        /** The lamp of the share that succeeded: none while all is well or nothing came. */
        public Optional<LampState> successLamp() {
            OptionalDouble share =
                    requests == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) succeeded / requests);
            if (share.isEmpty() || share.getAsDouble() >= GOOD_SHARE) {
                return Optional.empty();
            }
            return Optional.of(share.getAsDouble() >= BAD_SHARE ? LampState.HALF_OPEN : LampState.OPEN);
        }
    }

    /**
     * How the connection looks.
     *
     * @param lamp fresh, ageing, or gone
     * @param lost set while nothing comes
     */
    public record Connection(LampState lamp, Optional<Lost> lost) {}

    /**
     * Nothing comes any more.
     *
     * @param why in words for a person; empty where it is not known
     * @param shown the moment of the picture that is still shown
     */
    public record Lost(String why, Optional<Instant> shown) {}
}
