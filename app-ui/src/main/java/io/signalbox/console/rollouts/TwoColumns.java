package io.signalbox.console.rollouts;

import javafx.geometry.Orientation;
import javafx.scene.control.Label;
import javafx.scene.layout.Pane;
import javafx.scene.layout.VBox;

/** A wide column and a narrow one beside it where there is room; else one below the other. */
final class TwoColumns extends Pane {

    private static final double ROOM = 60;
    private static final double NARROW = 26;
    private static final double GAP = 12.0 / 13;

    private final VBox wide;
    private final VBox narrow;
    private final Label em = new Label();

    TwoColumns(VBox wide, VBox narrow) {
        this.wide = wide;
        this.narrow = narrow;
        wide.getStyleClass().add("rollouts-cards");
        narrow.getStyleClass().addAll("rollouts-cards", "rollouts-narrow");
        wide.setMinWidth(0);
        narrow.setMinWidth(0);
        em.setVisible(false);
        em.setManaged(false);
        em.fontProperty().subscribe(font -> requestLayout());
        setMinWidth(0);
        getChildren().setAll(wide, narrow, em);
    }

    @Override
    public Orientation getContentBias() {
        return Orientation.HORIZONTAL;
    }

    @Override
    protected double computePrefWidth(double height) {
        return Math.max(wide.prefWidth(-1), narrow.prefWidth(-1));
    }

    @Override
    protected double computePrefHeight(double width) {
        double across = width < 0 ? prefWidth(-1) : width;
        return isRoomy(across)
                ? Math.max(wide.prefHeight(wideWidth(across)), narrow.prefHeight(narrowWidth()))
                : snapSizeY(wide.prefHeight(across)) + gap() + narrow.prefHeight(across);
    }

    @Override
    protected double computeMinHeight(double width) {
        return computePrefHeight(width);
    }

    @Override
    protected void layoutChildren() {
        double width = getWidth();
        if (isRoomy(width)) {
            wide.resizeRelocate(0, 0, wideWidth(width), getHeight());
            narrow.resizeRelocate(width - narrowWidth(), 0, narrowWidth(), getHeight());
        } else {
            double height = snapSizeY(wide.prefHeight(width));
            double below = height + gap();
            wide.resizeRelocate(0, 0, width, height);
            narrow.resizeRelocate(0, below, width, Math.max(0, getHeight() - below));
        }
    }

    private boolean isRoomy(double width) {
        return width >= ROOM * size();
    }

    private double narrowWidth() {
        return snapSizeX(NARROW * size());
    }

    private double wideWidth(double width) {
        return width - narrowWidth() - gap();
    }

    private double gap() {
        return snapSpaceX(GAP * size());
    }

    private double size() {
        return em.getFont().getSize();
    }
}
