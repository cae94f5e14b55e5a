package io.signalbox.console.rollouts;

import io.signalbox.console.theme.Face;
import io.signalbox.console.theme.Token;
import io.signalbox.console.widget.ThemedCanvas;
import io.signalbox.mesh.model.CanaryStep;
import io.signalbox.mesh.model.status.RolloutPhase;
import io.signalbox.mesh.model.status.RolloutStatus;
import java.util.Optional;
import javafx.geometry.VPos;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.scene.text.TextAlignment;

/** The steps of a rollout as a track: lit up to where it stands, with a stop for each and its weight below. */
final class StepTrack extends ThemedCanvas {

    private Optional<RolloutStatus> shown = Optional.empty();

    StepTrack() {
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
        double y = px(20);
        double left = px(8);
        double gap = (width - left - px(24)) / count;
        int reached = rollout.phase() == RolloutPhase.PROMOTED ? count : Math.clamp(rollout.step(), 0, count);
        Token lit = switch (rollout.phase()) {
            case PROMOTED -> Token.OK;
            case ROLLED_BACK, FAILED -> Token.DANGER;
            case QUEUED, WITHDRAWN -> Token.IDLE;
            case RUNNING, BAKING, AT_GATE, PAUSED -> Token.ACCENT;
        };
        boolean underway = rollout.phase() != RolloutPhase.QUEUED && rollout.phase() != RolloutPhase.WITHDRAWN;
        int done = underway ? reached : 0;
        rails(g, left, left + gap * count, y, palette().get(Token.BORDER_STRONG));
        if (done > 0) {
            rails(g, left, left + gap * done, y, palette().get(lit));
        }
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
}
