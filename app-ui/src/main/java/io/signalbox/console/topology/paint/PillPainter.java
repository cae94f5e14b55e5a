package io.signalbox.console.topology.paint;

import io.signalbox.console.theme.Face;
import io.signalbox.console.theme.Token;
import io.signalbox.console.topology.graph.BreakerMark;
import io.signalbox.console.topology.graph.GraphEdge;
import io.signalbox.console.widget.LampPainter;
import io.signalbox.mesh.model.BreakerState;
import java.time.Duration;
import java.time.Instant;
import javafx.scene.text.Font;

/** Draws breaker signs: the pill with its countdown, and lamps without words. */
final class PillPainter {

    private static final double SIDE = 9;
    private static final double GAP = 6;

    private PillPainter() {}

    /** The pill's width in pixels, with room for any countdown below ten minutes. */
    static double width(Ink ink, GraphEdge edge) {
        String word = word(ink, edge.breaker());
        double wordWidth = word.isEmpty() ? 0 : GAP + ink.width(word, wordFont(ink));
        double figures = GAP + ink.width(figuresRoom(edge.breaker()), figureFont(ink));
        return SIDE * 2 + SignPlan.LAMP + wordWidth + figures;
    }

    static void paint(Ink ink, Sign.Pill pill, Instant now) {
        BreakerMark mark = pill.edge().breaker();
        double x = ink.viewport.x(pill.place().x());
        double y = ink.viewport.y(pill.place().y());
        double width = ink.px(pill.place().width());
        double height = ink.px(pill.place().height());
        boolean open = mark.state() == BreakerState.OPEN;
        Token frame = open ? Token.LAMP_DANGER : Token.LAMP_WARN;
        ink.g.setGlobalAlpha(pill.opacity());
        ink.plate(x, y, width, height, height / 2, Token.BG, frame);
        double middle = Ink.snapped(y) + height / 2;
        double left = Ink.snapped(x) + SIDE;
        LampPainter.paint(
                ink.g, ink.palette, NodeLamps.of(mark.state()), left + SignPlan.LAMP / 2, middle, SignPlan.LAMP);
        left += SignPlan.LAMP + GAP;
        String word = word(ink, mark);
        if (!word.isEmpty()) {
            ink.left(word, wordFont(ink), open ? Token.DANGER : Token.WARN, left, middle);
            left += ink.width(word, wordFont(ink)) + GAP;
        }
        ink.left(figures(ink, mark, now), figureFont(ink), open ? Token.FG_MUTED : Token.FG, left, middle);
        ink.g.setGlobalAlpha(1);
    }

    static String word(Ink ink, BreakerMark mark) {
        if (mark.state() == BreakerState.HALF_OPEN) {
            return "";
        }
        return mark.severed()
                ? ink.texts.get("topology.pill.open")
                : ink.texts.get("topology.pill.some-open", mark.refusing(), mark.circuits());
    }

    static String figures(Ink ink, BreakerMark mark, Instant now) {
        if (mark.state() == BreakerState.HALF_OPEN) {
            return mark.trials() + "/" + mark.trialLimit();
        }
        Instant probe = mark.nextProbe();
        return probe == null ? "" : ink.formats.countdown(Duration.between(now, probe));
    }

    private static String figuresRoom(BreakerMark mark) {
        if (mark.state() == BreakerState.HALF_OPEN) {
            return mark.trials() + "/" + mark.trialLimit();
        }
        return mark.nextProbe() == null ? "" : "0:00";
    }

    private static Font wordFont(Ink ink) {
        return Face.SANS_SEMIBOLD.font(11.5 * ink.viewport.em());
    }

    private static Font figureFont(Ink ink) {
        return Face.MONO.font(11.5 * ink.viewport.em());
    }
}
