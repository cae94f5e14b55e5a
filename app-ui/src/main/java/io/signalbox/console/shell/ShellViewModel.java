package io.signalbox.console.shell;

import io.signalbox.console.feed.MeshFeed;
import io.signalbox.console.theme.Preferences;
import io.signalbox.mesh.client.MeshConnection.Subscription;
import io.signalbox.mesh.model.status.MeshSnapshot;
import io.signalbox.mesh.model.status.SplitStatus;
import io.signalbox.mesh.model.status.VersionShare;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/** Which screen is open, what the rail's badges count, and what is remembered of both. */
public final class ShellViewModel implements AutoCloseable {

    private static final String LAST_SCREEN = "screen";

    private final Preferences preferences;
    private final Subscription observing;
    private final ReadOnlyObjectWrapper<Place> place;
    private final ReadOnlyObjectWrapper<Map<ScreenId, Integer>> badges =
            new ReadOnlyObjectWrapper<>(this, "badges", Map.of());

    public ShellViewModel(MeshFeed feed, Preferences preferences) {
        this.preferences = preferences;
        ScreenId last = preferences.get(LAST_SCREEN).flatMap(ScreenId::byId).orElse(ScreenId.TOPOLOGY);
        place = new ReadOnlyObjectWrapper<>(this, "place", new Place(last, Optional.empty()));
        observing = feed.observe(this::count);
    }

    /** Where the person is. */
    public ReadOnlyObjectProperty<Place> placeProperty() {
        return place.getReadOnlyProperty();
    }

    /** What the rail counts beside a screen; screens with nothing to count are not in it. */
    public ReadOnlyObjectProperty<Map<ScreenId, Integer>> badgesProperty() {
        return badges.getReadOnlyProperty();
    }

    public void open(ScreenId screen) {
        go(new Place(screen, Optional.empty()));
    }

    /** Opens a screen at one thing. */
    public void open(ScreenId screen, String target) {
        go(new Place(screen, Optional.of(target)));
    }

    @Override
    public void close() {
        observing.close();
    }

    private void go(Place there) {
        place.set(there);
        preferences.put(LAST_SCREEN, there.screen().id());
    }

    private void count(MeshSnapshot snapshot) {
        Map<ScreenId, Integer> counts = new EnumMap<>(ScreenId.class);
        int refusing = (int) snapshot.breakers().stream()
                .filter(breaker -> breaker.state().refuses())
                .count();
        int rollouts = (int)
                snapshot.splits().stream().filter(ShellViewModel::isRunning).count();
        if (refusing > 0) {
            counts.put(ScreenId.BREAKERS, refusing);
        }
        if (rollouts > 0) {
            counts.put(ScreenId.TRAFFIC, rollouts);
        }
        badges.set(Map.copyOf(counts));
    }

    /** A canary that has some of the traffic and not all of it. */
    private static boolean isRunning(SplitStatus split) {
        return split.kind() == SplitStatus.Kind.CANARY
                && split.versions().stream().filter(ShellViewModel::isAsked).count() > 1;
    }

    private static boolean isAsked(VersionShare version) {
        return version.asked().percent() > 0;
    }

    /**
     * A screen, maybe at one thing.
     *
     * @param target a service's name, or an edge's or a circuit's id
     */
    public record Place(ScreenId screen, Optional<String> target) {}
}
