package io.signalbox.console.breakers;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;

/**
 * Tiles of one size in as many columns as fit, and at most one panel as wide as the board under the row of its tile.
 *
 * <p>The right padding is the gap between tiles.
 */
final class TileBoard extends Pane {

    private List<Region> tiles = List.of();
    private Optional<Panel> panel = Optional.empty();

    TileBoard() {
        getStyleClass().add("breakers-board");
    }

    void show(List<? extends Region> newTiles, Optional<Panel> newPanel) {
        tiles = List.copyOf(newTiles);
        panel = newPanel.filter(wanted -> tiles.contains(wanted.under()));
        List<Node> all = new ArrayList<>();
        for (Region tile : tiles) {
            all.add(tile);
            panel.filter(wanted -> wanted.under().equals(tile)).ifPresent(wanted -> all.add(wanted.content()));
        }
        if (!all.equals(getChildren())) {
            getChildren().setAll(all);
        }
        requestLayout();
    }

    @Override
    public Orientation getContentBias() {
        return Orientation.HORIZONTAL;
    }

    @Override
    protected double computeMinWidth(double height) {
        return tiles.isEmpty() ? 0 : tiles.getFirst().minWidth(-1);
    }

    @Override
    protected double computeMinHeight(double width) {
        return computePrefHeight(width);
    }

    @Override
    protected double computePrefHeight(double width) {
        if (tiles.isEmpty()) {
            return 0;
        }
        double across = width > 0 ? width : getWidth();
        int rows = Math.ceilDiv(tiles.size(), columns(across));
        double height = rows * tileHeight() + (rows - 1) * gap();
        return height
                + panel.map(shown -> shown.content().prefHeight(across) + gap()).orElse(0.0);
    }

    @Override
    protected void layoutChildren() {
        if (tiles.isEmpty()) {
            return;
        }
        int columns = columns(getWidth());
        double tileWidth = Math.floor((getWidth() - (columns - 1) * gap()) / columns);
        double y = 0;
        for (int from = 0; from < tiles.size(); from += columns) {
            List<Region> row = tiles.subList(from, Math.min(from + columns, tiles.size()));
            for (int column = 0; column < row.size(); column++) {
                row.get(column).resizeRelocate(column * (tileWidth + gap()), y, tileWidth, tileHeight());
            }
            y += tileHeight() + gap();
            if (panel.isPresent() && row.contains(panel.get().under())) {
                Region content = panel.get().content();
                double height = content.prefHeight(getWidth());
                content.resizeRelocate(0, y, getWidth(), height);
                y += height + gap();
            }
        }
    }

    private int columns(double width) {
        double least = tiles.getFirst().minWidth(-1);
        return Math.max(1, (int) Math.floor((width + gap()) / (least + gap())));
    }

    private double tileHeight() {
        return tiles.getFirst().prefHeight(-1);
    }

    private double gap() {
        return getPadding().getRight();
    }

    /** What is shown about one tile, under its row. */
    record Panel(Region under, Region content) {}
}
