package io.signalbox.console.screen;

import java.util.List;
import javafx.geometry.Orientation;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;

/**
 * Cards in as many columns of one width as fit and fill their rows; the cards of a row are as high as the highest of them.
 *
 * <p>The right padding is the gap between cards.
 */
public final class CardGrid extends Pane {

    private List<? extends Region> cards = List.of();

    public CardGrid() {
        getStyleClass().add("screen-card-grid");
    }

    /** Shows these cards; those that stand already where they belong are not touched. */
    public void show(List<? extends Region> wanted) {
        if (!wanted.equals(cards)) {
            cards = List.copyOf(wanted);
            getChildren().setAll(cards);
        }
    }

    @Override
    public Orientation getContentBias() {
        return Orientation.HORIZONTAL;
    }

    @Override
    protected double computeMinWidth(double height) {
        return cards.isEmpty() ? 0 : cards.getFirst().minWidth(-1);
    }

    @Override
    protected double computeMinHeight(double width) {
        return computePrefHeight(width);
    }

    @Override
    protected double computePrefHeight(double width) {
        return cards.isEmpty() ? 0 : arrange(width > 0 ? width : getWidth(), (card, x, y, across, height) -> {});
    }

    @Override
    protected void layoutChildren() {
        if (!cards.isEmpty()) {
            arrange(getWidth(), (card, x, y, across, height) -> card.resizeRelocate(x, y, across, height));
        }
    }

    private double arrange(double width, Place place) {
        double gap = getPadding().getRight();
        double least = cards.getFirst().minWidth(-1);
        int fitting = Math.clamp((long) Math.floor((width + gap) / (least + gap)), 1, cards.size());
        int columns = Math.ceilDiv(cards.size(), Math.ceilDiv(cards.size(), fitting));
        double across = Math.floor((width - (columns - 1) * gap) / columns);
        double y = 0;
        for (int from = 0; from < cards.size(); from += columns) {
            List<? extends Region> row = cards.subList(from, Math.min(from + columns, cards.size()));
            double height = row.stream()
                    .mapToDouble(card -> Math.ceil(card.prefHeight(across)))
                    .max()
                    .orElse(0);
            for (int column = 0; column < row.size(); column++) {
                place.at(row.get(column), column * (across + gap), y, across, height);
            }
            y += height + gap;
        }
        return y - gap;
    }

    /** Puts a card somewhere. */
    private interface Place {
        void at(Region card, double x, double y, double width, double height);
    }
}
