package io.signalbox.console.topology.paint;

import io.signalbox.console.topology.layout.Box;

/**
 * The part of the graph that is seen: how large, and shifted by how much.
 *
 * @param zoom 1 is 100 %
 * @param em pixels of a graph unit at 100 %, which follows the text size; 1 at the usual one
 * @param left where the graph's zero lies on the screen
 * @param top where the graph's zero lies on the screen
 * @param width of the screen area in pixels
 * @param height of the screen area in pixels
 */
public record Viewport(double zoom, double em, double left, double top, double width, double height) {

    public static final double SMALLEST = 0.05;
    public static final double LARGEST = 2.5;

    /** How far beyond the edge of the screen things are still drawn. */
    private static final double CULL = 32;

    public static final Viewport START = new Viewport(1, 1, 0, 0, 0, 0);

    /** Pixels of a graph unit. */
    public double scale() {
        return zoom * em;
    }

    public double x(double graphX) {
        return left + graphX * scale();
    }

    public double y(double graphY) {
        return top + graphY * scale();
    }

    public double graphX(double screenX) {
        return (screenX - left) / scale();
    }

    public double graphY(double screenY) {
        return (screenY - top) / scale();
    }

    public Detail detail() {
        return Detail.at(zoom);
    }

    /** What is seen, in graph units, with the margin for culling. */
    public Box visible() {
        double margin = CULL / scale();
        return new Box(graphX(0), graphY(0), width / scale(), height / scale()).grown(margin);
    }

    /** What is seen, in graph units. */
    public Box exactlyVisible() {
        return new Box(graphX(0), graphY(0), width / scale(), height / scale());
    }

    public Viewport sized(double newWidth, double newHeight, double newEm) {
        return new Viewport(zoom, newEm, left, top, newWidth, newHeight);
    }

    public Viewport panned(double dx, double dy) {
        return new Viewport(zoom, em, left + dx, top + dy, width, height);
    }

    /** Zoomed by a factor; the point of the screen keeps its place. */
    public Viewport zoomedAt(double screenX, double screenY, double factor) {
        double wanted = Math.clamp(zoom * factor, SMALLEST, LARGEST);
        double graphX = graphX(screenX);
        double graphY = graphY(screenY);
        return new Viewport(wanted, em, screenX - graphX * wanted * em, screenY - graphY * wanted * em, width, height);
    }

    /**
     * Moved and zoomed so that a box fills the screen between its margins.
     *
     * @param largest zoom to use at most
     */
    public Viewport fitted(Box box, Margins margins, double largest) {
        double innerWidth = Math.max(1, width - margins.left() - margins.right());
        double innerHeight = Math.max(1, height - margins.top() - margins.bottom());
        double fit = Math.min(innerWidth / Math.max(1, box.width()) / em, innerHeight / Math.max(1, box.height()) / em);
        double wanted = Math.clamp(Math.min(fit, largest), SMALLEST, LARGEST);
        double x = margins.left() + (innerWidth - box.width() * wanted * em) / 2 - box.x() * wanted * em;
        double y = margins.top() + (innerHeight - box.height() * wanted * em) / 2 - box.y() * wanted * em;
        return new Viewport(wanted, em, Math.round(x), Math.round(y), width, height);
    }

    /** Moved so that a box lies in the middle. */
    public Viewport centeredOn(double graphX, double graphY) {
        return new Viewport(zoom, em, width / 2 - graphX * scale(), height / 2 - graphY * scale(), width, height);
    }

    /** Room to leave free at each side, in pixels. */
    public record Margins(double top, double right, double bottom, double left) {}
}
