package io.signalbox.console.topology.layout;

import io.signalbox.mesh.model.EdgeId;
import java.util.List;

/**
 * How one edge is drawn: a trunk, and behind a turnout one leg a version.
 *
 * @param trunk from the caller to the destination's card, or to the turnout
 * @param legs from the turnout to each version's row; empty without a turnout
 */
public record Route(EdgeId id, Track trunk, List<Track> legs) {

    /** How far before the card a turnout lies where there is room. */
    public static final double TURNOUT = 56;

    /** The part of an open edge that its lifted blade leaves free, in the middle. */
    private static final double GAP = 0.22;

    public Route {
        legs = List.copyOf(legs);
    }

    public boolean split() {
        return !legs.isEmpty();
    }

    /** How far a dot travels, whichever leg it takes. */
    public double length(int leg) {
        return trunk.length() + (split() ? legs.get(leg).length() : 0);
    }

    public double x(double distance, int leg) {
        return distance <= trunk.length() || !split()
                ? trunk.x(distance)
                : legs.get(leg).x(distance - trunk.length());
    }

    public double y(double distance, int leg) {
        return distance <= trunk.length() || !split()
                ? trunk.y(distance)
                : legs.get(leg).y(distance - trunk.length());
    }

    /** Where the gap of an open edge begins, along the trunk. */
    public double gapStart() {
        return trunk.length() * (0.5 - GAP / 2);
    }

    public double gapEnd() {
        return trunk.length() * (0.5 + GAP / 2);
    }

    public Box bounds() {
        Box box = trunk.bounds();
        for (Track leg : legs) {
            box = box.union(leg.bounds());
        }
        return box;
    }

    public double distanceTo(double x, double y) {
        double nearest = trunk.distanceTo(x, y);
        for (Track leg : legs) {
            nearest = Math.min(nearest, leg.distanceTo(x, y));
        }
        return nearest;
    }

    public boolean crosses(Box box) {
        return trunk.crosses(box) || legs.stream().anyMatch(leg -> leg.crosses(box));
    }
}
