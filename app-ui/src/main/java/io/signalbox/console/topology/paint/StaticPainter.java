package io.signalbox.console.topology.paint;

import io.signalbox.console.format.Formats;
import io.signalbox.console.text.Texts;
import io.signalbox.console.theme.Face;
import io.signalbox.console.theme.Palette;
import io.signalbox.console.theme.Token;
import io.signalbox.console.topology.graph.GraphNode;
import io.signalbox.console.topology.layout.GraphLayout;
import io.signalbox.console.widget.LampPainter;
import io.signalbox.mesh.model.status.ServiceKind;
import java.util.List;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.text.Font;

/** Paints what stands still: column captions, lines, cards and the signs whose words do not count down. */
public final class StaticPainter {

    private static final double CAPTION_Y = 24;

    private final Texts texts;
    private final Formats formats;

    public StaticPainter(Texts texts, Formats formats) {
        this.texts = texts;
        this.formats = formats;
    }

    /** Paints the scene; the answer holds the signs, which the moving painter needs. */
    public Signs paint(GraphicsContext g, Palette palette, Viewport viewport, GraphScene scene) {
        Palette colors = scene.stale() ? Grey.of(palette) : palette;
        Ink ink = new Ink(g, colors, viewport, texts, formats);
        captions(ink, scene);
        new EdgePainter(ink, scene).paintAll();
        new NodePainter(ink, scene).paintAll();
        List<Sign> signs = SignPlan.of(ink, scene);
        for (Sign sign : signs) {
            switch (sign) {
                case Sign.Words words -> words(ink, words);
                case Sign.Light light ->
                    LampPainter.paint(
                            g,
                            colors,
                            NodeLamps.of(light.edge().breaker().state()),
                            viewport.x(light.place().centerX()),
                            viewport.y(light.place().centerY()),
                            SignPlan.LAMP);
                case Sign.Pill pill -> {
                    // Counts down: the moving painter's.
                }
            }
        }
        g.setGlobalAlpha(1);
        return new Signs(signs);
    }

    private static void words(Ink ink, Sign.Words words) {
        ink.g.setGlobalAlpha(words.opacity());
        double x = ink.viewport.x(words.place().centerX());
        double y = ink.viewport.y(words.place().centerY());
        switch (words.tone()) {
            case SHARE -> ink.center(words.text(), ink.font(Face.MONO_MEDIUM, 11), Token.FG_MUTED, x, y);
            case CANDIDATE_SHARE -> ink.center(words.text(), ink.font(Face.MONO_MEDIUM, 11), Token.ACCENT, x, y);
            case REFUSAL -> ink.center(words.text(), ink.font(Face.SANS, 11.5), Token.DANGER, x, y);
            case FIGURES -> ink.center(words.text(), ink.font(Face.MONO, 11), Token.FG_MUTED, x, y);
        }
        ink.g.setGlobalAlpha(1);
    }

    private void captions(Ink ink, GraphScene scene) {
        GraphLayout layout = scene.layout();
        if (!ink.viewport.detail().cards() || layout.columns().size() < 2) {
            return;
        }
        boolean clients = scene.model().nodes().stream()
                .filter(node -> layout.column().getOrDefault(node.name(), -1) == 0)
                .map(GraphNode::kind)
                .allMatch(kind -> kind == ServiceKind.CLIENT);
        Font font = Face.SANS.font(11 * ink.viewport.em());
        for (int at = 0; at < layout.columns().size(); at++) {
            int hop = clients ? at : at + 1;
            String text = hop == 0 ? texts.get("topology.column.clients") : texts.get("topology.column.hop", hop);
            double x = ink.viewport.x(layout.columnX(at) + layout.columns().get(at) / 2);
            ink.center(text, font, Token.FG_SUBTLE, x, CAPTION_Y * ink.viewport.em());
        }
    }
}
