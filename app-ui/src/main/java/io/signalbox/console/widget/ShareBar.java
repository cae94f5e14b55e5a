package io.signalbox.console.widget;

import io.signalbox.console.theme.Token;
import io.signalbox.mesh.model.AnsweredBy;
import java.util.List;
import javafx.scene.canvas.GraphicsContext;

/** How a whole splits into parts: one bar, each part as long as its share, hatched where the mesh itself answered. */
public final class ShareBar extends ThemedCanvas {

    private List<Part> parts = List.of();

    public ShareBar() {
        getStyleClass().add("mesh-share-bar");
    }

    /** Shows these parts from left to right; parts of nothing are left out. */
    public void setParts(List<Part> leftToRight) {
        parts = List.copyOf(leftToRight);
        repaint();
    }

    @Override
    protected void paint(GraphicsContext g, double width, double height) {
        long whole = parts.stream().mapToLong(Part::count).sum();
        if (whole == 0) {
            g.setFill(palette().get(Token.BG_ACTIVE));
            g.fillRoundRect(0, 0, width, height, px(4), px(4));
            return;
        }
        long shown = parts.stream().filter(part -> part.count() > 0).count();
        double gap = px(2);
        double least = px(3);
        double room = width - gap * (shown - 1) - least * shown;
        double x = 0;
        for (Part part : parts) {
            if (part.count() > 0) {
                double length = least + room * part.count() / whole;
                bar(g, part, x, length, height);
                x += length + gap;
            }
        }
    }

    private void bar(GraphicsContext g, Part part, double x, double length, double height) {
        if (part.answeredBy() == AnsweredBy.UPSTREAM) {
            g.setFill(palette().get(part.color()));
            g.fillRoundRect(x, 0, length, height, px(3), px(3));
        } else {
            hatch(g, part.color(), x, length, height);
        }
    }

    private void hatch(GraphicsContext g, Token color, double x, double length, double height) {
        g.save();
        g.beginPath();
        g.rect(x, 0, length, height);
        g.clip();
        g.setFill(palette().get(color, 0.22));
        g.fillRect(x, 0, length, height);
        g.setStroke(palette().get(color));
        g.setLineWidth(px(2.4));
        for (double at = x - height; at < x + length + height; at += px(5.5)) {
            g.strokeLine(at, height + 1, at + height + 2, -1);
        }
        g.restore();
    }

    /**
     * One part of the whole.
     *
     * @param count how many, not negative
     */
    public record Part(long count, Token color, AnsweredBy answeredBy) {

        public Part {
            if (count < 0) {
                throw new IllegalArgumentException("count: " + count + " (expected: >= 0)");
            }
        }
    }
}
