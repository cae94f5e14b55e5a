package io.signalbox.console.topology.view;

import io.signalbox.console.feed.SecondsRing;
import io.signalbox.console.feed.TotalsHistory;
import io.signalbox.console.format.Formats;
import io.signalbox.console.text.Texts;
import io.signalbox.console.theme.Face;
import io.signalbox.console.theme.Token;
import io.signalbox.console.topology.graph.TimelineMark;
import io.signalbox.console.widget.LampPainter;
import io.signalbox.console.widget.LampState;
import io.signalbox.console.widget.TextWidths;
import io.signalbox.console.widget.ThemedCanvas;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.Tooltip;
import javafx.scene.input.MouseEvent;
import javafx.scene.text.Font;

/** The last half hour in a strip: requests as an area, failures five times as high, and what happened. */
public final class TimelineStrip extends ThemedCanvas {

    private static final int SECONDS = SecondsRing.SECONDS;
    private static final int TICK_SECONDS = 300;
    private static final double FAILURES_LARGER = 5;
    private static final double LIVE_WIDTH = 112;
    private static final double SIDE = 14;
    private static final double LEAST_CHART_HEIGHT = 60;

    private final Texts texts;
    private final Formats formats;
    private final TotalsHistory history;
    private final Tooltip tip = new Tooltip();
    private List<TimelineMark> marks = List.of();
    private Instant now = Instant.EPOCH;
    private boolean stale;

    public TimelineStrip(TotalsHistory history, Texts texts, Formats formats) {
        this.history = history;
        this.texts = texts;
        this.formats = formats;
        getStyleClass().add("mesh-timeline");
        setAccessibleText(texts.get("topology.timeline"));
        addEventHandler(MouseEvent.MOUSE_MOVED, this::hover);
    }

    /** Shows the marks up to an instant. */
    public void show(List<TimelineMark> events, Instant at, Freshness freshness) {
        marks = List.copyOf(events);
        now = at;
        stale = freshness == Freshness.STALE;
        repaint();
    }

    /** Whether the newest figures are those of now. */
    public enum Freshness {
        LIVE,
        STALE
    }

    private double right() {
        return getWidth() - px(LIVE_WIDTH);
    }

    private double x(Instant at) {
        double age = (now.toEpochMilli() - at.toEpochMilli()) / 1000.0;
        return right() - age / SECONDS * (right() - px(SIDE));
    }

    @Override
    protected void paint(GraphicsContext g, double width, double height) {
        if (now.equals(Instant.EPOCH)) {
            return;
        }
        boolean chart = height >= px(LEAST_CHART_HEIGHT);
        double base = chart ? height - px(18) : height - px(3);
        if (chart) {
            area(g, history.rates(), px(22), base, 1, Token.TRACK_LIT);
            area(g, history.failureRates(), px(22), base, FAILURES_LARGER, Token.LAMP_DANGER);
            ticks(g, base, height);
        }
        marks(g, base, height);
        g.setFill(palette().get(Token.BORDER));
        g.fillRect(snapPositionX(right()) + 1, 0, 1, height);
        live(g, width, height);
    }

    private void area(GraphicsContext g, SecondsRing ring, double top, double base, double larger, Token token) {
        double[] values = ring.last(SECONDS);
        double most = 1;
        for (double value : history.rates().last(SECONDS)) {
            most = value > most ? value : most;
        }
        double scale = (base - top) / (most * 1.1);
        double left = px(SIDE);
        int columns = Math.max(2, (int) (right() - left));
        double[] heights = new double[columns];
        for (int i = 0; i < columns; i++) {
            heights[i] = mean(
                    values, i * SECONDS / columns, Math.max(i * SECONDS / columns + 1, (i + 1) * SECONDS / columns));
        }
        int from = 0;
        while (from < columns) {
            int to = from;
            while (to < columns && !Double.isNaN(heights[to])) {
                to++;
            }
            if (to - from > 1) {
                run(g, heights, from, to, left, base, scale * larger, top, token);
            }
            from = to + 1;
        }
    }

    private static double mean(double[] values, int from, int to) {
        double sum = 0;
        int known = 0;
        for (int i = from; i < Math.min(to, values.length); i++) {
            if (!Double.isNaN(values[i])) {
                sum += values[i];
                known++;
            }
        }
        return known == 0 ? Double.NaN : sum / known;
    }

    private void run(
            GraphicsContext g,
            double[] heights,
            int from,
            int to,
            double left,
            double base,
            double scale,
            double top,
            Token token) {
        g.beginPath();
        g.moveTo(left + from, base);
        for (int i = from; i < to; i++) {
            g.lineTo(left + i, Math.max(top, base - heights[i] * scale));
        }
        g.lineTo(left + to - 1.0, base);
        g.closePath();
        g.setFill(palette().get(token, token == Token.LAMP_DANGER ? 0.5 : 0.16));
        g.fill();
        if (token != Token.LAMP_DANGER) {
            g.beginPath();
            g.moveTo(left + from, Math.max(top, base - heights[from] * scale));
            for (int i = from + 1; i < to; i++) {
                g.lineTo(left + i, Math.max(top, base - heights[i] * scale));
            }
            g.setStroke(palette().get(token));
            g.setLineWidth(px(1.25));
            g.stroke();
        }
    }

    private void ticks(GraphicsContext g, double base, double height) {
        Font font = Face.MONO.font(px(10.5));
        g.setFont(font);
        g.setTextBaseline(VPos.BASELINE);
        g.setFill(palette().get(Token.FG_SUBTLE));
        long first = now.getEpochSecond() - SECONDS;
        for (long at = first + TICK_SECONDS - Math.floorMod(first, (long) TICK_SECONDS);
                at <= now.getEpochSecond();
                at += TICK_SECONDS) {
            String text = formats.clock(Instant.ofEpochSecond(at)).substring(0, 5);
            double x = x(Instant.ofEpochSecond(at));
            double left = x - TextWidths.of(text, font) / 2;
            if (left >= px(4) && left + TextWidths.of(text, font) <= right() - px(4)) {
                g.fillText(text, snapPositionX(left), snapPositionY(height - px(5)));
            }
        }
        g.setFill(palette().get(Token.BORDER_MUTED));
        g.fillRect(px(SIDE), snapPositionY(base), right() - px(SIDE), 1);
    }

    private void marks(GraphicsContext g, double base, double height) {
        Font font = Face.SANS.font(px(11));
        double signY = height >= px(LEAST_CHART_HEIGHT) ? px(11) : height / 2;
        double free = px(SIDE);
        List<TimelineMark> seen = seen();
        for (int i = 0; i < seen.size(); i++) {
            TimelineMark mark = seen.get(i);
            double x = snapPositionX(x(mark.at())) + 0.5;
            g.setStroke(palette().get(color(mark)));
            g.setLineWidth(1);
            g.setLineDashes(2, 2);
            g.strokeLine(x, signY + px(7), x, base);
            g.setLineDashes();
            sign(g, mark, x, signY);
            double next = i + 1 < seen.size() ? x(seen.get(i + 1).at()) - px(10) : right() - px(8);
            double width = TextWidths.of(mark.text(), font);
            g.setFont(font);
            g.setTextBaseline(VPos.BASELINE);
            g.setFill(palette().get(Token.FG_MUTED));
            double textY = snapPositionY(signY + font.getSize() * 0.36);
            if (x + px(9) + width <= next) {
                g.fillText(mark.text(), snapPositionX(x + px(9)), textY);
                free = x + px(9) + width + px(6);
            } else if (x - px(9) - width >= free) {
                g.fillText(mark.text(), snapPositionX(x - px(9) - width), textY);
                free = x + px(9);
            } else {
                free = x + px(9);
            }
        }
    }

    private List<TimelineMark> seen() {
        List<TimelineMark> seen = new ArrayList<>();
        for (TimelineMark mark : marks) {
            if (x(mark.at()) >= px(SIDE)) {
                seen.add(mark);
            }
        }
        return seen;
    }

    private void sign(GraphicsContext g, TimelineMark mark, double x, double y) {
        switch (mark.kind()) {
            case CHANGE -> {
                double r = px(5);
                g.setStroke(palette().get(Token.ACCENT));
                g.setLineWidth(px(1.4));
                g.strokePolygon(new double[] {x, x + r, x, x - r}, new double[] {y - r, y, y + r, y}, 4);
            }
            case FAULT -> {
                double r = px(5);
                g.setStroke(palette().get(Token.LAMP_WARN));
                g.setLineWidth(px(1.4));
                g.strokePolygon(new double[] {x, x + r, x - r}, new double[] {y - r, y + r - 1, y + r - 1}, 3);
            }
            case BREAKER_OPENED -> LampPainter.paint(g, palette(), LampState.OPEN, x, y, px(11));
            case BREAKER_CLOSED -> LampPainter.paint(g, palette(), LampState.CLOSED, x, y, px(10));
        }
    }

    private static Token color(TimelineMark mark) {
        return switch (mark.kind()) {
            case CHANGE -> Token.ACCENT;
            case FAULT -> Token.LAMP_WARN;
            case BREAKER_OPENED -> Token.LAMP_DANGER;
            case BREAKER_CLOSED -> Token.LAMP_OK;
        };
    }

    private void live(GraphicsContext g, double width, double height) {
        double x = width - px(LIVE_WIDTH) + px(20);
        double middle = height / 2;
        boolean tall = height >= px(LEAST_CHART_HEIGHT);
        double wordY = tall ? middle - px(8) : middle;
        LampState lamp = stale ? LampState.OPEN : LampState.CLOSED;
        LampPainter.paint(g, palette(), lamp, x + px(4), wordY, px(10));
        Font words = Face.SANS_SEMIBOLD.font(px(12));
        g.setFont(words);
        g.setTextBaseline(VPos.BASELINE);
        g.setFill(palette().get(Token.FG));
        g.fillText(
                texts.get(stale ? "topology.timeline.stale" : "topology.timeline.live"),
                snapPositionX(x + px(14)),
                snapPositionY(wordY + words.getSize() * 0.36));
        if (tall) {
            g.setFont(Face.MONO.font(px(11.5)));
            g.setFill(palette().get(Token.FG_MUTED));
            g.fillText(formats.clock(now), snapPositionX(x), snapPositionY(middle + px(13)));
        }
    }

    private void hover(MouseEvent event) {
        Optional<TimelineMark> near = seen().stream()
                .filter(mark -> Math.abs(x(mark.at()) - event.getX()) <= px(8))
                .reduce((one, other) -> other);
        if (near.isPresent()) {
            TimelineMark mark = near.get();
            tip.setText(formats.clock(mark.at()) + "  " + mark.text());
            Tooltip.install(this, tip);
        } else {
            Tooltip.uninstall(this, tip);
        }
    }
}
