package io.signalbox.console.topology.layout;

import io.signalbox.console.topology.graph.GraphNode;
import io.signalbox.console.topology.graph.GraphShape;
import io.signalbox.mesh.model.status.ServiceKind;

/** How large a node is drawn at 100 %, in graph units. */
public record NodeSize(double width, double height) {

    public static final double HEADER = 32;
    public static final double ROW = 22;
    public static final double FOOT = 6;
    public static final double PILL_HEIGHT = 44;

    /** The most characters of a name that are drawn. */
    public static final int MOST_LETTERS = 14;

    private static final double LEAST_CARD = 156;
    private static final double MOST_CARD = 172;
    private static final double LEAF_CARD = 138;
    private static final double LEAST_PILL = 92;
    private static final double LETTER = 7.6;
    private static final double CARD_BESIDES_NAME = 98;

    public static NodeSize of(GraphShape.Node node) {
        int letters = Math.min(MOST_LETTERS, node.name().length());
        if (node.kind() != ServiceKind.SERVICE) {
            return new NodeSize(Math.max(LEAST_PILL, letters * LETTER + 32), PILL_HEIGHT);
        }
        double protocol = node.protocol().isEmpty() ? 0 : node.protocol().length() * 6.5 + 5;
        double wanted = CARD_BESIDES_NAME + letters * LETTER + protocol;
        boolean small = node.place() == GraphNode.Place.LEAF && wanted <= MOST_CARD;
        return new NodeSize(
                small ? Math.max(LEAF_CARD, wanted) : Math.clamp(wanted, LEAST_CARD, MOST_CARD),
                HEADER + ROW * Math.max(1, node.lines()) + FOOT);
    }
}
