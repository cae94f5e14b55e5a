package io.signalbox.console.rollouts;

import io.signalbox.console.theme.Face;
import io.signalbox.console.theme.Token;
import io.signalbox.console.widget.LampPainter;
import io.signalbox.console.widget.LampState;
import io.signalbox.console.widget.ThemedCanvas;
import io.signalbox.mesh.model.CanaryStep;
import io.signalbox.mesh.model.status.RolloutStage;
import io.signalbox.mesh.model.status.RolloutStatus;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javafx.geometry.VPos;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.scene.text.TextAlignment;

/**
 * The way of a rollout as a track with sleepers: lit up to where it stands, a square stop for each stage before the first
 * share, a round one for each share, what it is below, and a signal between two, that clears or holds.
 */
final class StepTrack extends ThemedCanvas {

    private static final double RAILS_Y = 40;

    private static final double STAGE = 76;
    private static final double LABEL = 38;

    private final Function<RolloutStatus, Signal> ahead;
    private final Function<RolloutStage.Kind, String> words;
    private Optional<RolloutStatus> shown = Optional.empty();

    /**
     * A track of nothing yet.
     *
     * @param ahead the signal after the stop where a rollout stands
     * @param words what a stage is called
     */
    StepTrack(Function<RolloutStatus, Signal> ahead, Function<RolloutStage.Kind, String> words) {
        this.ahead = ahead;
        this.words = words;
        getStyleClass().add("rollouts-track");
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
    }

    void show(RolloutStatus rollout, String words) {
        shown = Optional.of(rollout);
        setAccessibleText(words);
        repaint();
    }

    @Override
    protected void paint(GraphicsContext g, double width, double height) {
        shown.ifPresent(rollout -> {
            List<TrackStop> stops = TrackStop.of(rollout, words);
            if (!stops.isEmpty()) {
                paint(g, rollout, stops, places(stops, width));
            }
        });
    }

    /** Where the track begins and where each stop lies: a stage has room for its word, the shares divide what is left. */
    private double[] places(List<TrackStop> stops, double width) {
        int count = stops.size();
        int stages = (int) stops.stream().filter(TrackStop::stage).count();
        double left = px(8);
        double room = width - left - px(24);
        double even = room / count;
        double stage = stages == 0 ? even : Math.clamp(px(STAGE), even, Math.max(even, room * 0.6 / stages));
        double share = (room - stages * stage) / Math.max(1, count - stages);
        double[] places = new double[count + 1];
        places[0] = left;
        for (int i = 1; i <= count; i++) {
            places[i] = places[i - 1] + (i <= stages ? stage : share);
        }
        return places;
    }

    private void paint(GraphicsContext g, RolloutStatus rollout, List<TrackStop> stops, double[] places) {
        int count = stops.size();
        double y = px(RAILS_Y);
        int done = TrackStop.reached(rollout);
        Token lit = switch (rollout.phase()) {
            case PROMOTED, DECIDED -> Token.OK;
            case ROLLED_BACK, FAILED -> Token.DANGER;
            case QUEUED, WITHDRAWN -> Token.IDLE;
            case RUNNING, BAKING, AT_GATE, PAUSED -> Token.ACCENT;
        };
        sleepers(g, places[0], places[count], y);
        rails(g, places[0], places[count], y, palette().get(Token.BORDER_STRONG));
        if (done > 0) {
            rails(g, places[0], places[done], y, palette().get(lit));
        }
        signals(g, rollout, places, y, done);
        int every = Math.max(1, (int) Math.ceil(px(LABEL) / (places[count] - places[count - 1])));
        for (int i = 1; i <= count; i++) {
            TrackStop stop = stops.get(i - 1);
            double x = places[i];
            stop(g, x, y, stop.stage(), i < done, i == done, palette().get(lit));
            if (stop.gate() == CanaryStep.Gate.MANUAL) {
                g.setStroke(palette().get(Token.WARN));
                g.setLineWidth(px(2));
                g.strokeLine(x + px(10), y - px(9), x + px(10), y + px(9));
            }
            if (stop.stage() || labelled(i, done, count, every)) {
                g.setFont((i == done ? Face.MONO_SEMIBOLD : Face.MONO).font(px(12)));
                g.setFill(palette().get(i == done ? Token.FG : Token.FG_MUTED));
                g.setTextAlign(TextAlignment.CENTER);
                g.setTextBaseline(VPos.TOP);
                g.fillText(stop.word(), x, y + px(14));
            }
        }
    }

    private void sleepers(GraphicsContext g, double from, double to, double y) {
        g.setStroke(palette().get(Token.BORDER));
        g.setLineWidth(px(1.5));
        for (double x = from + px(6); x < to; x += px(12)) {
            g.strokeLine(x, y - px(6), x, y + px(6));
        }
    }

    /** One signal between each stop and the next: passed ones are cleared, those far ahead not lit yet. */
    private void signals(GraphicsContext g, RolloutStatus rollout, double[] places, double y, int done) {
        for (int i = 1; i < places.length - 1; i++) {
            Signal signal = i < done ? Signal.CLEARED : i == done ? ahead.apply(rollout) : Signal.NOT_YET;
            double x = (places[i] + places[i + 1]) / 2;
            double top = y - px(26);
            g.setStroke(palette().get(Token.BORDER_STRONG));
            g.setLineWidth(px(1.5));
            g.strokeLine(x, top + px(5), x, y - px(7));
            LampPainter.paint(g, palette(), signal.lamp(), x, top, px(11));
            if (!signal.word().isEmpty()) {
                g.setFont(Face.SANS_MEDIUM.font(px(11)));
                g.setFill(palette().get(signal.lamp().fill()));
                g.setTextAlign(TextAlignment.LEFT);
                g.setTextBaseline(VPos.CENTER);
                g.fillText(signal.word(), x + px(10), top);
            }
        }
    }

    /** Whether there is room for a stop's weight: where it stands always, then the last, then each so many. */
    private static boolean labelled(int stop, int here, int count, int every) {
        if (stop == here || every == 1) {
            return true;
        }
        boolean free = Math.abs(stop - here) >= every;
        return free && (stop == count || (stop % every == 0 && count - stop >= every));
    }

    private void rails(GraphicsContext g, double from, double to, double y, Color color) {
        g.setStroke(color);
        g.setLineWidth(px(1.5));
        g.strokeLine(from, y - px(3), to, y - px(3));
        g.strokeLine(from, y + px(3), to, y + px(3));
        g.strokeLine(from, y - px(7), from, y + px(7));
    }

    private void stop(
            GraphicsContext g, double x, double y, boolean square, boolean passed, boolean here, Color color) {
        double radius = px(here ? 8 : 6);
        double corner = square ? px(4) : 2 * radius;
        g.setFill(passed ? color : palette().get(Token.BG_SUBTLE));
        g.fillRoundRect(x - radius, y - radius, 2 * radius, 2 * radius, corner, corner);
        g.setStroke(passed || here ? color : palette().get(Token.BORDER_STRONG));
        g.setLineWidth(px(2));
        g.strokeRoundRect(x - radius, y - radius, 2 * radius, 2 * radius, corner, corner);
        if (here) {
            double dot = px(3.5);
            g.setFill(color);
            g.fillOval(x - dot, y - dot, 2 * dot, 2 * dot);
        }
    }

    /**
     * A signal beside the track.
     *
     * @param word beside the lamp; may be empty
     */
    record Signal(LampState lamp, String word) {

        static final Signal CLEARED = new Signal(LampState.CLOSED, "");
        static final Signal NOT_YET = new Signal(LampState.DISABLED, "");
    }
}
