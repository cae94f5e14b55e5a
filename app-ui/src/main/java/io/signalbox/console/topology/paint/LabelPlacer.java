package io.signalbox.console.topology.paint;

import io.signalbox.console.topology.layout.Box;
import io.signalbox.console.topology.layout.Route;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Finds free places for labels: on no card, no line and no other label. In graph units. */
final class LabelPlacer {

    private static final double CLEARANCE = 3;

    /** Cards may wear a ring outside their border. */
    private static final double CARD_CLEARANCE = 7;

    private final List<Box> taken = new ArrayList<>();
    private final List<Route> lines;

    LabelPlacer(Collection<Box> cards, Collection<Route> lines) {
        cards.forEach(card -> taken.add(card.grown(CARD_CLEARANCE)));
        this.lines = List.copyOf(lines);
    }

    /** The first of the places that is free, which is then taken. */
    Optional<Box> place(List<Box> places) {
        for (Box place : places) {
            if (free(place)) {
                taken.add(place);
                return Optional.of(place);
            }
        }
        return Optional.empty();
    }

    /** A place on a line of its own, which an opaque sign may cover; it may touch nothing else. */
    Optional<Box> placeOn(Route own, List<Box> places) {
        for (Box place : places) {
            if (clearOfBoxes(place) && clearOfLines(place, line -> !line.id().equals(own.id()))) {
                taken.add(place);
                return Optional.of(place);
            }
        }
        return Optional.empty();
    }

    /**
     * How far from its point a label may stand.
     *
     * @param shifts aside, as parts of its width
     */
    record Reach(List<Double> distances, List<Double> shifts) {

        /** So near that no one takes it for another line's. */
        static final Reach NEAR = new Reach(List.of(8.0, 16.0), List.of(0.0, -0.35, 0.35));

        /** For signs that must be seen. */
        static final Reach FAR =
                new Reach(List.of(8.0, 18.0, 30.0, 44.0, 60.0), List.of(0.0, -0.35, 0.35, -0.7, 0.7, -1.0));

        Reach {
            distances = List.copyOf(distances);
            shifts = List.copyOf(shifts);
        }
    }

    /** Places above, below and left of a point, near ones first. */
    static List<Box> around(double x, double y, double width, double height, Reach reach) {
        List<Box> places = new ArrayList<>();
        for (double away : reach.distances()) {
            for (double shift : reach.shifts()) {
                places.add(new Box(x - width / 2 + shift * width, y - away - height, width, height));
            }
            for (double shift : reach.shifts()) {
                places.add(new Box(x - width / 2 + shift * width, y + away, width, height));
            }
            places.add(new Box(x - away - width, y - height / 2, width, height));
        }
        return places;
    }

    private boolean free(Box place) {
        return clearOfBoxes(place) && clearOfLines(place, line -> true);
    }

    private boolean clearOfBoxes(Box place) {
        for (Box box : taken) {
            if (box.intersects(place)) {
                return false;
            }
        }
        return true;
    }

    private boolean clearOfLines(Box place, Predicate<Route> counted) {
        Box needed = place.grown(CLEARANCE);
        for (Route line : lines) {
            if (counted.test(line) && line.crosses(needed)) {
                return false;
            }
        }
        return true;
    }
}
