package io.signalbox.console.topology.state;

import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.MeshException;
import io.signalbox.mesh.event.MeshEvent;
import io.signalbox.mesh.event.RecordedEvent;
import io.signalbox.mesh.model.EdgeId;
import io.signalbox.mesh.model.status.MeshSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The mesh's events of the last half hour, fetched when a snapshot knows of newer ones. Belongs to the thread that the
 * own executor runs on; the mesh is asked on the background one.
 */
public final class EventWatch {

    private static final Logger log = LoggerFactory.getLogger(EventWatch.class);
    private static final Duration KEPT = Duration.ofMinutes(30);
    private static final int MOST = 500;

    private final MeshConnection connection;
    private final Executor background;
    private final Executor own;
    private final ReadOnlyObjectWrapper<List<RecordedEvent>> events =
            new ReadOnlyObjectWrapper<>(this, "events", List.of());
    private long last;
    private boolean asking;

    public EventWatch(MeshConnection connection, Executor background, Executor own) {
        this.connection = connection;
        this.background = background;
        this.own = own;
    }

    public void accept(MeshSnapshot snapshot) {
        if (snapshot.eventSequence() < last) {
            // Another control plane, or the same one started again.
            last = 0;
            events.set(List.of());
        }
        if (snapshot.eventSequence() == last || asking) {
            return;
        }
        asking = true;
        long after = last;
        background.execute(() -> {
            List<RecordedEvent> news = fetch(after);
            own.execute(() -> take(news, snapshot.at()));
        });
    }

    private List<RecordedEvent> fetch(long after) {
        try {
            return connection.events(after, MOST);
        } catch (MeshException unavailable) {
            log.debug("Events after {} could not be had", after, unavailable);
            return List.of();
        }
    }

    private void take(List<RecordedEvent> news, Instant now) {
        asking = false;
        if (news.isEmpty()) {
            return;
        }
        last = news.getLast().sequence();
        List<RecordedEvent> all = new ArrayList<>(events.get());
        all.addAll(news);
        Instant oldest = now.minus(KEPT);
        all.removeIf(event -> event.at().isBefore(oldest));
        events.set(List.copyOf(all.subList(Math.max(0, all.size() - MOST), all.size())));
    }

    /** Oldest first. */
    public ReadOnlyObjectProperty<List<RecordedEvent>> eventsProperty() {
        return events.getReadOnlyProperty();
    }

    /** The newest opening of a circuit of an edge. */
    public Optional<MeshEvent.BreakerMoved> opened(EdgeId edge) {
        return events.get().reversed().stream()
                .map(RecordedEvent::event)
                .filter(MeshEvent.BreakerMoved.class::isInstance)
                .map(MeshEvent.BreakerMoved.class::cast)
                .filter(moved -> moved.edge().equals(edge) && moved.to().refuses())
                .findFirst();
    }
}
