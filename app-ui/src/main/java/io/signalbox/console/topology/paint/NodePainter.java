package io.signalbox.console.topology.paint;

import io.signalbox.console.theme.Face;
import io.signalbox.console.theme.Token;
import io.signalbox.console.topology.graph.GraphEdge;
import io.signalbox.console.topology.graph.GraphNode;
import io.signalbox.console.topology.layout.Box;
import io.signalbox.console.widget.LampPainter;
import io.signalbox.mesh.model.status.ServiceKind;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;

/** Draws the nodes of a scene, each as its kind and the zoom ask for. */
final class NodePainter {

    private static final double PILL_WIDTH = 96;
    private static final double PILL_HEIGHT = 28;
    private static final double HALO = 7;

    private final Ink ink;
    private final GraphScene scene;
    private final CardPainter cards;
    private final Detail detail;

    NodePainter(Ink ink, GraphScene scene) {
        this.ink = ink;
        this.scene = scene;
        cards = new CardPainter(ink);
        detail = ink.viewport.detail();
    }

    void paintAll() {
        Box visible = ink.viewport.visible();
        for (GraphNode node : scene.model().nodes()) {
            Box box = scene.layout().box(node.name());
            if (box != null && box.grown(20).intersects(visible)) {
                ink.g.setGlobalAlpha(opacity(node));
                paint(node, box);
            }
        }
        ink.g.setGlobalAlpha(1);
    }

    private double opacity(GraphNode node) {
        if (scene.faded(node.name())) {
            return GraphScene.FADED;
        }
        return scene.model().asleep(node) && detail.cards() ? GraphScene.ASLEEP : 1;
    }

    private void paint(GraphNode node, Box box) {
        Box drawn = drawn(node, box);
        rings(node, drawn);
        switch (detail) {
            case ALL, CARDS -> {
                if (node.card()) {
                    cards.paint(node, box);
                } else {
                    pill(node, box);
                }
            }
            case PILLS -> smallPill(node, drawn);
            case LAMPS -> lampOnly(node, drawn);
        }
    }

    /** What the node covers on screen, in graph units. */
    private Box drawn(GraphNode node, Box box) {
        double scale = ink.viewport.scale();
        return switch (detail) {
            case ALL, CARDS -> box;
            case PILLS -> {
                int at = scene.layout().column().getOrDefault(node.name(), 0);
                double width = Math.min(
                        PILL_WIDTH / scale, box.width() + scene.layout().gapAfter(at) * 0.6);
                double height = Math.min(PILL_HEIGHT / scale, node.card() ? box.height() + 16 : box.height());
                yield around(box, width, height);
            }
            case LAMPS -> around(box, 12 / scale, 12 / scale);
        };
    }

    private static Box around(Box box, double width, double height) {
        return new Box(box.centerX() - width / 2, box.centerY() - height / 2, width, height);
    }

    private void rings(GraphNode node, Box box) {
        double radius = node.card() && detail.cards() ? ink.px(6) : ink.px(box.height()) / 2;
        if (scene.selection().isNode(node.name())) {
            ring(
                    box.grown(HALO / 2 / ink.viewport.scale()),
                    radius + HALO / 2,
                    HALO,
                    ink.palette.get(Token.ACCENT, 0.2));
            ring(box, radius, 3, ink.palette.get(Token.ACCENT));
        } else if (scene.hover().isNode(node.name())) {
            ring(box, radius, 3, ink.palette.get(Token.TRACK_LIT));
        }
        if (scene.found().active() && scene.found().has(node.name())) {
            ring(box.grown(3.75 / ink.viewport.scale()), radius + 3, 1.5, ink.palette.get(Token.ACCENT));
        }
        if (scene.focus().isNode(node.name())) {
            ring(box.grown(6 / ink.viewport.scale()), radius + 5, 2, ink.palette.get(Token.ACCENT));
        }
    }

    private void ring(Box box, double radius, double line, Color color) {
        ink.stroke(color, line);
        double x = Ink.snapped(ink.viewport.x(box.x()));
        double y = Ink.snapped(ink.viewport.y(box.y()));
        ink.g.strokeRoundRect(x, y, ink.px(box.width()), ink.px(box.height()), radius * 2, radius * 2);
    }

    private void pill(GraphNode node, Box box) {
        double x = Ink.snapped(ink.viewport.x(box.x()));
        double y = Ink.snapped(ink.viewport.y(box.y()));
        double width = Ink.snapped(ink.viewport.x(box.right())) - x;
        double height = Ink.snapped(ink.viewport.y(box.bottom())) - y;
        boolean stranger = stranger(node);
        if (stranger) {
            ink.fill(Token.BG_SUBTLE);
            ink.g.fillRoundRect(x, y, width, height, height, height);
            ink.stroke(Token.LAMP_DANGER, 1);
            ink.g.setLineDashes(4, 3);
            ink.g.strokeRoundRect(x + 0.5, y + 0.5, width - 1, height - 1, height, height);
            ink.g.setLineDashes();
        } else {
            ink.plate(x, y, width, height, height / 2, Token.BG_SUBTLE, Token.BORDER);
        }
        Font nameFont = ink.font(Face.SANS_SEMIBOLD, 13);
        Font lineFont = ink.font(Face.SANS, 11);
        String name = ShortName.fitting(node.name(), width - ink.px(20), text -> ink.width(text, nameFont));
        String line = stranger ? ink.texts.get("topology.node.no-identity") : second(node);
        double middle = x + width / 2;
        if (detail == Detail.ALL) {
            ink.center(name, nameFont, Token.FG, middle, y + height / 2 - ink.px(7));
            ink.center(line, lineFont, stranger ? Token.DANGER : Token.FG_SUBTLE, middle, y + height / 2 + ink.px(9));
        } else {
            ink.center(name, nameFont, Token.FG, middle, y + height / 2);
        }
    }

    private String second(GraphNode node) {
        String rate = ink.formats.rate(node.stats().requestsPerSecond());
        return ink.texts.get(
                node.kind() == ServiceKind.EXTERNAL ? "topology.node.external" : "topology.node.client", rate);
    }

    /** Whether it has no identity: the mesh turned away every call it made. */
    private boolean stranger(GraphNode node) {
        if (node.kind() != ServiceKind.CLIENT) {
            return false;
        }
        boolean refused = false;
        for (GraphEdge edge : scene.model().edges()) {
            if (edge.id().source().equals(node.name())) {
                if (edge.refusal().isEmpty()) {
                    return false;
                }
                refused = true;
            }
        }
        return refused;
    }

    private void smallPill(GraphNode node, Box box) {
        double x = ink.viewport.x(box.x());
        double y = ink.viewport.y(box.y());
        double width = ink.px(box.width());
        double height = ink.px(box.height());
        ink.plate(x, y, width, height, height / 2, Token.BG_OVERLAY, Token.BORDER);
        double lamp = Math.min(10, height - 4);
        double middle = y + height / 2;
        Font font = Face.SANS_MEDIUM.font(11 * ink.viewport.em());
        double room = width - lamp - 20;
        String name = ShortName.fitting(node.name(), room, text -> ink.width(text, font));
        if (name.isEmpty()) {
            LampPainter.paint(ink.g, ink.palette, NodeLamps.of(node.health()), x + width / 2, middle, lamp);
            return;
        }
        LampPainter.paint(ink.g, ink.palette, NodeLamps.of(node.health()), x + 8 + lamp / 2, middle, lamp);
        ink.left(name, font, Token.FG, x + 8 + lamp + 5, middle);
    }

    private void lampOnly(GraphNode node, Box box) {
        LampPainter.paint(
                ink.g,
                ink.palette,
                NodeLamps.of(node.health()),
                ink.viewport.x(box.centerX()),
                ink.viewport.y(box.centerY()),
                9);
    }
}
