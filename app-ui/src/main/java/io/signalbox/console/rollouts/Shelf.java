package io.signalbox.console.rollouts;

import io.signalbox.mesh.explain.Kept;
import io.signalbox.mesh.explain.RequestLine;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Optional;
import java.util.TreeMap;

/** The last request of each caller of one service, as far as the mesh tells them apart. Bounded; belongs to one thread. */
final class Shelf {

    /** From when on a request is long ago. */
    static final Duration LONG_AGO = Duration.ofSeconds(30);

    /** From when on a caller may have gone: its place may be given away, and it is not counted among a version's. */
    static final Duration GONE = Duration.ofMinutes(2);

    private static final double SLOW_QUANTILE = 0.9;
    private static final int FEW = 10;

    private final String service;
    private final ShelfPlaces places = new ShelfPlaces();
    private final TreeMap<Integer, Tile> tiles = new TreeMap<>();

    /** No last request of a caller ended before. */
    private Instant oldest = Instant.MAX;

    private long unshown;
    private boolean unknown;

    Shelf(String service) {
        this.service = service;
    }

    String service() {
        return service;
    }

    /** Takes in a request that ended while it was watched; others than this service's are passed over. */
    void add(RequestLine line) {
        if (!place(line)) {
            unshown++;
        }
    }

    /** Takes in one that may have been taken in before. */
    void remember(RequestLine line) {
        boolean _ = place(line);
    }

    /** Whether nothing of it is left out for want of a place. */
    private boolean place(RequestLine line) {
        if (!line.destination().equals(service) || line.version() == null) {
            return true;
        }
        if (line.stableKey() == null) {
            unknown = true;
            return true;
        }
        int place = places.of(line.stableKey());
        if (place < 0) {
            place = givenAway(line.stableKey(), ended(line));
        }
        if (place < 0) {
            return false;
        }
        Tile before = tiles.get(place);
        Tile tile = new Tile(place, line.stableKey(), line.version(), line);
        if (before == null || !before.ended().isAfter(tile.ended())) {
            tiles.put(place, tile);
            oldest = tile.ended().isBefore(oldest) ? tile.ended() : oldest;
        }
        return true;
    }

    /** The place of whoever asked last of all, where that is long before this; -1 where nobody has gone. */
    private int givenAway(String caller, Instant now) {
        Instant gone = now.minus(GONE);
        if (!oldest.isBefore(gone)) {
            return -1;
        }
        Tile first = Collections.min(tiles.values(), Comparator.comparing(Tile::ended));
        oldest = first.ended();
        if (!oldest.isBefore(gone)) {
            return -1;
        }
        tiles.remove(first.place());
        return places.pass(first.caller(), caller);
    }

    private static Instant ended(RequestLine line) {
        return line.at().plusNanos(line.durationNanos());
    }

    /** In order of place. */
    Collection<Tile> tiles() {
        return tiles.values();
    }

    Optional<Tile> at(int place) {
        return Optional.ofNullable(tiles.get(place));
    }

    /** One more than the last place that is taken. */
    int size() {
        return tiles.isEmpty() ? 0 : tiles.lastKey() + 1;
    }

    /** Requests that ended while it was watched, of callers for whom there was no place. */
    long unshown() {
        return unshown;
    }

    /** Whether there are requests of which nobody knows whose they are. */
    boolean hasUnknown() {
        return unknown;
    }

    /** What nine in ten of the last requests were quicker than; as long as can be while there are few. */
    long slowNanos() {
        long[] sorted = tiles.values().stream()
                .filter(tile -> !tile.failed())
                .mapToLong(tile -> tile.last().durationNanos())
                .sorted()
                .toArray();
        return sorted.length < FEW
                ? Long.MAX_VALUE
                : sorted[(int) Math.min(sorted.length - 1, Math.ceil(SLOW_QUANTILE * sorted.length) - 1)];
    }

    /**
     * A caller and its last request.
     *
     * @param caller the stable key that speaks for it
     */
    record Tile(int place, String caller, String version, RequestLine last) {

        Instant ended() {
            return Shelf.ended(last);
        }

        /** Whether it counts as a failure: answered with 500 and above, or not at all. */
        boolean failed() {
            return last.kept() == Kept.FAILED;
        }
    }
}
