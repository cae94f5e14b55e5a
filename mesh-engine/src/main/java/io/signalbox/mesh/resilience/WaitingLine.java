package io.signalbox.mesh.resilience;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who waits for a place, in the order of coming. Immutable.
 *
 * <p>The front is linked from the first on, the back from the last on, and is turned round when the front is used up: to
 * join and to be served cost the same however long the line is.
 */
final class WaitingLine {

    static final WaitingLine EMPTY = new WaitingLine(null, null, 0);

    private final @Nullable Link front;
    private final @Nullable Link back;
    private final int size;

    private WaitingLine(@Nullable Link front, @Nullable Link back, int size) {
        this.front = front;
        this.back = back;
        this.size = size;
    }

    private record Link(Place place, @Nullable Link next) {}

    int size() {
        return size;
    }

    /** Who has waited longest; {@code null} when nobody waits. */
    @Nullable
    Place first() {
        Link link = front;
        return link == null ? null : link.place();
    }

    WaitingLine joinedBy(Place place) {
        return front == null
                ? new WaitingLine(new Link(place, null), null, 1)
                : new WaitingLine(front, new Link(place, back), size + 1);
    }

    /** Without the one that has waited longest. */
    WaitingLine rest() {
        Link link = front;
        if (link == null || size == 1) {
            return EMPTY;
        }
        Link next = link.next();
        return next == null ? new WaitingLine(turned(back), null, size - 1) : new WaitingLine(next, back, size - 1);
    }

    /** Without that one, wherever it stands; this line itself when it does not wait here. */
    WaitingLine without(Place place) {
        if (place.equals(first())) {
            return rest();
        }
        List<Place> all = new ArrayList<>(size);
        for (Link link = front; link != null; link = link.next()) {
            all.add(link.place());
        }
        int turn = all.size();
        for (Link link = back; link != null; link = link.next()) {
            all.add(turn, link.place());
        }
        if (!all.remove(place)) {
            return this;
        }
        Link links = null;
        for (int i = all.size() - 1; i >= 0; i--) {
            links = new Link(all.get(i), links);
        }
        return new WaitingLine(links, null, all.size());
    }

    private static @Nullable Link turned(@Nullable Link from) {
        Link turned = null;
        for (Link link = from; link != null; link = link.next()) {
            turned = new Link(link.place(), turned);
        }
        return turned;
    }
}
