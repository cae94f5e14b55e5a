package io.signalbox.console.requests;

import io.signalbox.console.theme.Face;
import io.signalbox.console.theme.Token;
import io.signalbox.console.widget.LampPainter;
import io.signalbox.console.widget.LampState;
import io.signalbox.console.widget.TextWidths;
import io.signalbox.console.widget.ThemedCanvas;
import io.signalbox.mesh.explain.ExplainedRequest;
import io.signalbox.mesh.explain.RequestLine;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.input.MouseButton;
import javafx.scene.text.Font;
import org.jspecify.annotations.Nullable;

/** A walk at a glance: each service that was called, right of its caller; pressing one goes to its hop. */
final class WalkStrip extends ThemedCanvas {

    private static final int MOST_ROWS = 6;
    private static final double ROW = 30;
    private static final double WIDEST = 190;
    private static final double LINK = 46;

    private final List<ExplainedRequest> hops;
    private final StripPlan plan;
    private final int rows;
    private final int firstRow;
    private int chosen;

    WalkStrip(List<ExplainedRequest> hops, int chosen) {
        this.hops = List.copyOf(hops);
        this.chosen = chosen;
        plan = StripPlan.of(hops);
        rows = Math.min(plan.rows(), MOST_ROWS);
        firstRow = Math.max(0, rowOf(chosen) - rows + 1);
        getStyleClass().add("walk-strip");
        setAccessibleText(hops.stream()
                .map(hop -> hop.request().source() + " → " + hop.request().destination() + " "
                        + RequestWords.status(hop.request()))
                .collect(Collectors.joining(", ")));
    }

    /** @param choose is told the hop that was pressed */
    void onChoice(IntConsumer choose) {
        setOnMouseClicked(event -> {
            StripPlan.Stop stop = at(event.getX(), event.getY());
            if (event.getButton() == MouseButton.PRIMARY && stop != null) {
                choose.accept(Math.max(0, stop.hop()));
            }
        });
    }

    /** Frames the service that this hop leads to. */
    void choose(int hop) {
        chosen = hop;
        repaint();
    }

    @Override
    protected double computePrefHeight(double width) {
        return px(ROW) * rows;
    }

    @Override
    protected double computeMinHeight(double width) {
        return computePrefHeight(width);
    }

    @Override
    protected void paint(GraphicsContext g, double width, double height) {
        g.setTextBaseline(VPos.CENTER);
        plan.stops().stream().filter(this::isSeen).forEach(stop -> link(g, stop));
        plan.stops().stream().filter(this::isSeen).forEach(stop -> stop(g, stop));
    }

    private int rowOf(int hop) {
        return plan.stops().stream()
                .filter(stop -> stop.hop() == hop)
                .mapToInt(StripPlan.Stop::row)
                .findFirst()
                .orElse(0);
    }

    private boolean isSeen(StripPlan.Stop stop) {
        return stop.row() >= firstRow && stop.row() < firstRow + rows;
    }

    private StripPlan.@Nullable Stop at(double x, double y) {
        return plan.stops().stream()
                .filter(this::isSeen)
                .filter(stop -> x >= left(stop) && x <= left(stop) + pill() && Math.abs(y - middle(stop)) <= px(12))
                .findFirst()
                .orElse(null);
    }

    /** All pills are of one width, so that columns line up. */
    private double pill() {
        double room = (getWidth() - px(LINK) * (plan.columns() - 1)) / Math.max(1, plan.columns());
        return Math.floor(Math.min(px(WIDEST), Math.max(px(40), room - 1)));
    }

    private double left(StripPlan.Stop stop) {
        return Math.floor(stop.column() * (pill() + px(LINK))) + 0.5;
    }

    private double middle(StripPlan.Stop stop) {
        return Math.floor((stop.row() - firstRow + 0.5) * px(ROW)) + 0.5;
    }

    private void link(GraphicsContext g, StripPlan.Stop stop) {
        if (stop.from() < 0) {
            return;
        }
        StripPlan.Stop from = plan.stops().get(stop.from());
        RequestLine request = hops.get(stop.hop()).request();
        LampState lamp = RequestWords.lamp(request);
        double start = left(from) + pill();
        double end = left(stop);
        double fromY = Math.max(middle(from), -px(ROW));
        double toY = middle(stop);
        double bend = start + px(14);
        g.setStroke(palette().get(lamp == LampState.CLOSED ? Token.TRACK_LIT : lamp.fill()));
        g.setLineWidth(px(1.5));
        g.beginPath();
        g.moveTo(start, fromY);
        if (fromY == toY) {
            g.lineTo(end, toY);
        } else {
            g.lineTo(bend - px(6), fromY);
            g.quadraticCurveTo(bend, fromY, bend, fromY + px(6));
            g.lineTo(bend, toY - px(6));
            g.quadraticCurveTo(bend, toY, bend + px(6), toY);
            g.lineTo(end, toY);
        }
        g.stroke();
        g.setFill(palette().get(lamp == LampState.CLOSED ? Token.TRACK_LIT : lamp.fill()));
        g.fillPolygon(
                new double[] {end - px(6), end, end - px(6)}, new double[] {toY - px(3.5), toY, toY + px(3.5)}, 3);
        if (request.attempts() > 1) {
            Font font = Face.MONO_MEDIUM.font(px(10.5));
            String times = "×" + request.attempts();
            g.setFont(font);
            g.setFill(palette().get(lamp == LampState.CLOSED ? Token.WARN : lamp.text()));
            g.fillText(times, end - px(9) - TextWidths.of(times, font), toY - px(8));
        }
    }

    private void stop(GraphicsContext g, StripPlan.Stop stop) {
        double x = left(stop);
        double y = middle(stop) - px(12);
        double width = pill();
        double height = px(24) - 1;
        boolean framed = stop.hop() == chosen;
        g.setFill(palette().get(framed ? Token.ACCENT_SUBTLE : Token.BG_OVERLAY));
        g.fillRoundRect(x, y, width, height, px(6), px(6));
        g.setStroke(palette().get(framed ? Token.ACCENT : Token.BORDER));
        g.setLineWidth(framed ? px(1.5) : 1);
        g.strokeRoundRect(x, y, width, height, px(6), px(6));
        double text = x + px(10);
        double room = width - px(18);
        if (stop.hop() >= 0) {
            RequestLine request = hops.get(stop.hop()).request();
            LampState lamp = RequestWords.lamp(request);
            LampPainter.paint(g, palette(), lamp, x + px(12), middle(stop), px(9));
            text = x + px(22);
            String status = RequestWords.status(request);
            Font mono = Face.MONO.font(px(11));
            double statusWidth = TextWidths.of(status, mono);
            if (width > px(96)) {
                g.setFont(mono);
                g.setFill(palette().get(lamp == LampState.OPEN ? Token.DANGER : Token.FG_MUTED));
                g.fillText(status, x + width - px(8) - statusWidth, middle(stop));
                room = width - px(22) - px(14) - statusWidth;
            } else {
                room = width - px(28);
            }
        }
        Font font = Face.SANS_MEDIUM.font(px(12));
        g.setFont(font);
        g.setFill(palette().get(Token.FG));
        g.fillText(cut(stop.service(), font, room), text, middle(stop));
    }

    private static String cut(String name, Font font, double room) {
        if (TextWidths.of(name, font) <= room) {
            return name;
        }
        int kept = name.length() - 1;
        while (kept > 1 && TextWidths.of(name.substring(0, kept) + "…", font) > room) {
            kept--;
        }
        return name.substring(0, kept) + "…";
    }
}
