package io.signalbox.console.shell;

import java.util.List;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;

/** Moves the focus from one region of the window to the next, each time to the region's first control. */
final class RegionCycle {

    private final List<Parent> regions;

    RegionCycle(List<Parent> regions) {
        this.regions = List.copyOf(regions);
    }

    void move(Scene scene, int by) {
        int at = indexOf(scene.getFocusOwner());
        for (int step = 1; step <= regions.size(); step++) {
            int next = Math.floorMod(at + step * by, regions.size());
            Optional<Node> first = firstFocusable(regions.get(next));
            if (first.isPresent()) {
                first.get().requestFocus();
                return;
            }
        }
    }

    private int indexOf(Node focused) {
        for (Node node = focused; node != null; node = node.getParent()) {
            for (int i = 0; i < regions.size(); i++) {
                if (regions.get(i).equals(node)) {
                    return i;
                }
            }
        }
        return -1;
    }

    private static Optional<Node> firstFocusable(Parent parent) {
        for (Node child : parent.getChildrenUnmodifiable()) {
            if (!child.isVisible() || child.isDisabled()) {
                continue;
            }
            if (child.isFocusTraversable()) {
                return Optional.of(child);
            }
            Optional<Node> inside = child instanceof Parent inner ? firstFocusable(inner) : Optional.empty();
            if (inside.isPresent()) {
                return inside;
            }
        }
        return Optional.empty();
    }
}
