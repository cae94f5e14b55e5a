package io.signalbox.console.rollouts;

import io.signalbox.console.theme.Face;
import io.signalbox.console.theme.Token;
import io.signalbox.console.widget.LampPainter;
import io.signalbox.console.widget.LampState;
import io.signalbox.console.widget.ThemedCanvas;
import io.signalbox.mesh.model.CanaryStep;
import io.signalbox.mesh.model.status.RolloutPhase;
import io.signalbox.mesh.model.status.RolloutStatus;
import java.util.Optional;
import java.util.function.Function;
import javafx.geometry.VPos;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.scene.text.TextAlignment;

/**
 * The steps of a rollout as a track with sleepers: lit up to where it stands, a stop for each with its weight below, and a
 * signal between two, that clears or holds.
 */
final class StepTrack extends ThemedCanvas {

    private static final double RAILS_Y = 40;

    private final Function<RolloutStatus, Signal> ahead;
    private Optional<RolloutStatus> shown = Optional.empty();

    /** @param ahead the signal after the stop where a rollout stands */
    StepTrack(Function<RolloutStatus, Signal> ahead) {
        this.ahead = ahead;
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
        shown.filter(rollout -> !rollout.steps().isEmpty()).ifPresent(rollout -> paint(g, rollout, width));
    }

    private void paint(GraphicsContext g, RolloutStatus rollout, double width) {
        int count = rollout.steps().size();
        double y = px(RAILS_Y);
        double left = px(8);
        double gap = (width - left - px(24)) / count;
        int reached = rollout.phase() == RolloutPhase.PROMOTED ? count : Math.clamp(rollout.step(), 0, count);
        Token lit = switch (rollout.phase()) {
            case PROMOTED, DECIDED -> Token.OK;
            case ROLLED_BACK, FAILED -> Token.DANGER;
            case QUEUED, WITHDRAWN -> Token.IDLE;
            case RUNNING, BAKING, AT_GATE, PAUSED -> Token.ACCENT;
        };
        boolean underway = rollout.phase() != RolloutPhase.QUEUED && rollout.phase() != RolloutPhase.WITHDRAWN;
        int done = underway ? reached : 0;
        sleepers(g, left, left + gap * count, y);
        rails(g, left, left + gap * count, y, palette().get(Token.BORDER_STRONG));
        if (done > 0) {
            rails(g, left, left + gap * done, y, palette().get(lit));
        }
        signals(g, rollout, left, gap, y, done);
        int every = Math.max(1, (int) Math.ceil(px(38) / gap));
        for (int i = 1; i <= count; i++) {
            CanaryStep step = rollout.steps().get(i - 1);
            double x = left + gap * i;
            stop(g, x, y, i < done, i == done, palette().get(lit));
            if (step.gate() == CanaryStep.Gate.MANUAL) {
                g.setStroke(palette().get(Token.WARN));
                g.setLineWidth(px(2));
                g.strokeLine(x + px(10), y - px(9), x + px(10), y + px(9));
            }
            if (labelled(i, done, count, every)) {
                g.setFont((i == done ? Face.MONO_SEMIBOLD : Face.MONO).font(px(12)));
                g.setFill(palette().get(i == done ? Token.FG : Token.FG_MUTED));
                g.setTextAlign(TextAlignment.CENTER);
                g.setTextBaseline(VPos.TOP);
                g.fillText(step.weight().toString(), x, y + px(14));
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
    private void signals(GraphicsContext g, RolloutStatus rollout, double left, double gap, double y, int done) {
        for (int i = 1; i < rollout.steps().size(); i++) {
            Signal signal = i < done ? Signal.CLEARED : i == done ? ahead.apply(rollout) : Signal.NOT_YET;
            double x = left + gap * (i + 0.5);
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

    private void stop(GraphicsContext g, double x, double y, boolean passed, boolean here, Color color) {
        double radius = px(here ? 8 : 6);
        g.setFill(passed ? color : palette().get(Token.BG_SUBTLE));
        g.fillOval(x - radius, y - radius, 2 * radius, 2 * radius);
        g.setStroke(passed || here ? color : palette().get(Token.BORDER_STRONG));
        g.setLineWidth(px(2));
        g.strokeOval(x - radius, y - radius, 2 * radius, 2 * radius);
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
