package io.signalbox.console.requests;

import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;

/** A list, and beside it a walk while there is one; where both have no room the walk takes the list's place. */
final class ListBesideWalk extends Pane {

    private static final double LIST_SHARE = 0.47;
    private static final double LEAST_EMS = 88;

    private final Region list;
    private final Region walk;
    private double em = 13;

    ListBesideWalk(Region list, Region walk) {
        this.list = list;
        this.walk = walk;
        getChildren().addAll(list, walk);
        walk.setVisible(false);
        walk.visibleProperty().subscribe(now -> requestLayout());
    }

    /** @param size of text in pixels */
    void setEm(double size) {
        em = size;
        requestLayout();
    }

    @Override
    protected double computeMinWidth(double height) {
        return 0;
    }

    @Override
    protected double computeMinHeight(double width) {
        return 0;
    }

    @Override
    protected void layoutChildren() {
        double width = getWidth();
        double height = getHeight();
        boolean both = width >= em * LEAST_EMS;
        list.setVisible(both || !walk.isVisible());
        if (!walk.isVisible()) {
            list.resizeRelocate(0, 0, width, height);
        } else if (both) {
            double left = Math.floor(width * LIST_SHARE);
            list.resizeRelocate(0, 0, left, height);
            walk.resizeRelocate(left, 0, width - left, height);
        } else {
            walk.resizeRelocate(0, 0, width, height);
        }
    }
}
