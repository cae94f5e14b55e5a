package io.signalbox.console.rollouts;

import io.signalbox.console.theme.Token;
import io.signalbox.console.widget.ThemedCanvas;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.geometry.Orientation;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;

/**
 * A tile for each caller, always at the same place: round for stable, square for the candidate; its face is the outcome of
 * the last request, and it fades when that was slow or long ago.
 *
 * <p>The pointer or the arrow keys look at one; a click or Enter opens it.
 */
final class ShelfGrid extends ThemedCanvas {

    private static final double CELL = 21;
    private static final double TILE = 17;
    private static final double FADED = 0.45;

    private final Consumer<Shelf.Tile> open;
    private final Runnable looked;
    private Shelf shelf = new Shelf("");
    private String candidate = "";
    private Instant now = Instant.EPOCH;
    private int cursor = -1;

    /** @param looked told when another tile is looked at */
    ShelfGrid(Consumer<Shelf.Tile> open, Runnable looked) {
        this.open = open;
        this.looked = looked;
        getStyleClass().add("rollouts-shelf-grid");
        setId("rollouts-shelf");
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        setFocusTraversable(true);
        focusVisibleProperty().subscribe(visible -> repaint());
        addEventHandler(MouseEvent.MOUSE_MOVED, event -> look(placeAt(event.getX(), event.getY())));
        addEventHandler(MouseEvent.MOUSE_EXITED, event -> look(isFocused() ? cursor : -1));
        addEventHandler(MouseEvent.MOUSE_CLICKED, event -> {
            look(placeAt(event.getX(), event.getY()));
            current().ifPresent(open);
        });
        addEventHandler(KeyEvent.KEY_PRESSED, this::key);
    }

    void show(Shelf newest, String candidateVersion, Instant at) {
        int before = shelf.size();
        shelf = newest;
        candidate = candidateVersion;
        now = at;
        if (shelf.size() != before) {
            requestLayout();
        }
        repaint();
    }

    /** The tile that is looked at. */
    Optional<Shelf.Tile> current() {
        return shelf.at(cursor);
    }

    @Override
    public Orientation getContentBias() {
        return Orientation.HORIZONTAL;
    }

    @Override
    protected double computePrefHeight(double width) {
        int columns = columns(width > 0 ? width : getWidth());
        return Math.max(1, Math.ceilDiv(shelf.size(), columns)) * px(CELL);
    }

    @Override
    protected double computeMinHeight(double width) {
        return computePrefHeight(width);
    }

    private int columns(double width) {
        return Math.max(1, (int) (width / px(CELL)));
    }

    private int placeAt(double x, double y) {
        int column = (int) (x / px(CELL));
        int columns = columns(getWidth());
        return column < 0 || column >= columns ? -1 : ((int) (y / px(CELL))) * columns + column;
    }

    private void look(int place) {
        if (place != cursor) {
            cursor = place;
            looked.run();
            repaint();
        }
    }

    private void key(KeyEvent event) {
        int columns = columns(getWidth());
        switch (event.getCode()) {
            case RIGHT -> step(1);
            case LEFT -> step(-1);
            case DOWN -> step(columns);
            case UP -> step(-columns);
            case HOME -> look(0);
            case END -> look(shelf.size() - 1);
            case ENTER, SPACE -> current().ifPresent(open);
            default -> {
                return;
            }
        }
        event.consume();
    }

    /** On to the next tile in that direction, over places that nobody has. */
    private void step(int by) {
        for (int place = Math.max(cursor, by > 0 ? -1 : 0) + by; place >= 0 && place < shelf.size(); place += by) {
            if (shelf.at(place).isPresent()) {
                look(place);
                return;
            }
        }
    }

    @Override
    protected void paint(GraphicsContext g, double width, double height) {
        int columns = columns(width);
        long slow = shelf.slowNanos();
        for (Shelf.Tile tile : shelf.tiles()) {
            double x = tile.place() % columns * px(CELL) + px(CELL) / 2;
            double y = Math.floorDiv(tile.place(), columns) * px(CELL) + px(CELL) / 2;
            boolean isSlow = tile.last().durationNanos() > slow;
            g.setGlobalAlpha(tile.failed() ? 1 : fade(tile, isSlow));
            tile(g, tile, x, y);
            face(g, tile, isSlow, x, y);
            g.setGlobalAlpha(1);
            if (tile.place() == cursor) {
                g.setStroke(palette().get(Token.ACCENT));
                g.setLineWidth(isFocusVisible() ? focusWidth() : 1.5);
                double edge = px(CELL) - 1;
                g.strokeRoundRect(x - edge / 2, y - edge / 2, edge, edge, px(6), px(6));
            }
        }
    }

    private double fade(Shelf.Tile tile, boolean slow) {
        double ago = Duration.between(tile.ended(), now).toMillis() / (double) Shelf.LONG_AGO.toMillis();
        double byAge = 1 - Math.clamp(ago - 1, 0, 1) * (1 - FADED);
        return slow ? Math.min(FADED, byAge) : byAge;
    }

    private void tile(GraphicsContext g, Shelf.Tile tile, double x, double y) {
        boolean square = tile.version().equals(candidate);
        double side = px(TILE);
        g.setFill(palette().get(tile.failed() ? Token.DANGER_SUBTLE : square ? Token.ACCENT_SUBTLE : Token.BG_INSET));
        g.setStroke(palette().get(tile.failed() ? Token.DANGER : square ? Token.ACCENT : Token.BORDER_STRONG));
        g.setLineWidth(px(square || tile.failed() ? 1.5 : 1));
        if (square) {
            g.fillRoundRect(x - side / 2, y - side / 2, side, side, px(5), px(5));
            g.strokeRoundRect(x - side / 2, y - side / 2, side, side, px(5), px(5));
        } else {
            g.fillOval(x - side / 2, y - side / 2, side, side);
            g.strokeOval(x - side / 2, y - side / 2, side, side);
        }
    }

    private void face(GraphicsContext g, Shelf.Tile tile, boolean slow, double x, double y) {
        boolean square = tile.version().equals(candidate);
        Token color = tile.failed() ? Token.DANGER : square ? Token.V2 : Token.FG_MUTED;
        g.setFill(palette().get(color));
        g.setStroke(palette().get(color));
        double eye = px(1.1);
        g.fillOval(x - px(3) - eye, y - px(2.2) - eye, 2 * eye, 2 * eye);
        g.fillOval(x + px(3) - eye, y - px(2.2) - eye, 2 * eye, 2 * eye);
        g.setLineWidth(px(1.2));
        double bend = tile.failed() ? -px(2.4) : slow ? 0 : px(2.4);
        double mouth = y + px(tile.failed() ? 4 : 2.4);
        g.beginPath();
        g.moveTo(x - px(3.4), mouth);
        g.quadraticCurveTo(x, mouth + bend * 1.6, x + px(3.4), mouth);
        g.stroke();
    }
}
