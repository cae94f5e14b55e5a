package io.signalbox.console.topology.paint;

import io.signalbox.console.theme.Face;
import io.signalbox.console.theme.Token;
import io.signalbox.console.topology.graph.GraphNode;
import io.signalbox.console.topology.graph.Pip;
import io.signalbox.console.topology.graph.VersionRow;
import io.signalbox.console.topology.layout.Box;
import io.signalbox.console.topology.layout.NodeSize;
import io.signalbox.console.widget.LampPainter;
import io.signalbox.console.widget.Padlock;
import io.signalbox.mesh.model.Protocol;
import io.signalbox.mesh.model.status.Latency;
import io.signalbox.mesh.model.status.Security;
import io.signalbox.mesh.model.status.TrafficStats;
import javafx.scene.text.Font;

/** Draws a service's card: lamp, name, rate and padlock over one row a version. */
final class CardPainter {

    private static final double INSET = 8;
    private static final double PIP = 7;
    private static final double PIP_STEP = 9;
    private static final int MOST_PIPS = 6;
    private static final double LATENCY_WIDTH = 46;
    private static final double SHARE_WIDTH = 44;

    private final Ink ink;
    private final Detail detail;

    CardPainter(Ink ink) {
        this.ink = ink;
        this.detail = ink.viewport.detail();
    }

    void paint(GraphNode node, Box box) {
        double x = Ink.snapped(ink.viewport.x(box.x()));
        double y = Ink.snapped(ink.viewport.y(box.y()));
        double width = Ink.snapped(ink.viewport.x(box.right())) - x;
        double height = Ink.snapped(ink.viewport.y(box.bottom())) - y;
        ink.plate(x, y, width, height, ink.px(6), Token.BG_OVERLAY, Token.BORDER);
        header(node, x, y, width);
        double line = y + ink.px(NodeSize.HEADER);
        ink.hairline(x + 1, x + width - 1, line, Token.BORDER_MUTED);
        double rowY = line + ink.px(NodeSize.ROW / 2 + 1);
        for (VersionRow row : node.shownRows()) {
            row(row, x, rowY, width);
            rowY += ink.px(NodeSize.ROW);
        }
        if (node.hiddenRows() > 0) {
            ink.left("+" + node.hiddenRows(), small(), Token.FG_SUBTLE, x + ink.px(INSET + 1), rowY);
        }
    }

    private void header(GraphNode node, double x, double y, double width) {
        double middle = y + ink.px(NodeSize.HEADER / 2);
        LampPainter.paint(ink.g, ink.palette, NodeLamps.of(node.health()), x + ink.px(15), middle, ink.px(11));
        double right = x + width - ink.px(INSET);
        if (detail == Detail.ALL && node.security() != Security.IDLE) {
            Padlock.paint(ink.g, ink.palette, protection(node.security()), right - ink.px(4), middle, ink.px(11));
        }
        if (detail == Detail.ALL) {
            right -= ink.px(14);
        }
        Font figures = ink.font(Face.MONO, 11.5);
        String rate = ink.formats.rate(node.stats().requestsPerSecond());
        double rateWidth = ink.width(rate, figures);
        double nameX = x + ink.px(27);
        Font nameFont = ink.font(Face.SANS_SEMIBOLD, 13);
        double nameRoom = right - nameX - rateWidth - ink.px(6);
        String full = ShortName.of(node.name());
        boolean roomForRate = ink.width(full, nameFont) <= nameRoom;
        if (roomForRate || detail == Detail.ALL) {
            ink.right(rate, figures, Token.FG_MUTED, right, middle);
        } else {
            nameRoom = right - nameX;
        }
        String name = ShortName.fitting(full, nameRoom, text -> ink.width(text, nameFont));
        ink.left(name, nameFont, Token.FG, nameX, middle);
        protocol(node, nameX + ink.width(name, nameFont), right - rateWidth, middle);
    }

    private void protocol(GraphNode node, double from, double to, double middle) {
        if (node.protocol() == Protocol.HTTP || detail != Detail.ALL) {
            return;
        }
        Font font = ink.font(Face.SANS, 11);
        String word = ink.texts.get("topology.protocol." + node.protocol().wireName());
        if (from + ink.px(6) + ink.width(word, font) + ink.px(4) <= to) {
            ink.left(word, font, Token.FG_SUBTLE, from + ink.px(6), middle);
        }
    }

    private void row(VersionRow row, double x, double middle, double width) {
        double badgeEnd = badge(row, x + ink.px(INSET), middle, width);
        double right = x + width - ink.px(INSET + 1);
        double pipsEnd = badgeEnd;
        if (detail == Detail.ALL) {
            pipsEnd = pips(row, badgeEnd + ink.px(7), middle);
        }
        boolean latencyShown = detail == Detail.ALL && right - ink.px(LATENCY_WIDTH + SHARE_WIDTH) > pipsEnd;
        if (latencyShown) {
            latency(row, right, middle);
            right -= ink.px(LATENCY_WIDTH);
        }
        String share = ink.formats.share(
                row.stats().requests() - row.stats().failures(), row.stats().requests());
        if (right - ink.width(share, small()) > pipsEnd) {
            ink.right(share, small(), shareTone(row.stats()), right, middle);
        }
    }

    private void latency(VersionRow row, double right, double middle) {
        Latency latency = row.stats().latency();
        String text = latency == null ? "–" : ink.formats.latency(latency.p99Nanos());
        boolean slow = row.slow() && latency != null;
        ink.right(text, small(), slow ? Token.WARN : Token.FG_MUTED, right, middle);
    }

    private double badge(VersionRow row, double x, double middle, double width) {
        Font font = ink.font(Face.MONO_SEMIBOLD, 10.5);
        String text = ShortName.fitting(row.version(), width * 0.36, word -> ink.width(word, font));
        double badgeWidth = Math.max(ink.px(22), ink.width(text, font) + ink.px(8));
        double left = Ink.snapped(x);
        double top = Ink.snapped(middle - ink.px(8));
        double w = Ink.snapped(badgeWidth);
        double h = Ink.snapped(ink.px(16));
        double round = ink.px(6);
        switch (row.part()) {
            case CANDIDATE -> {
                ink.fill(Token.ACCENT_EMPHASIS);
                ink.g.fillRoundRect(left, top, w, h, round, round);
                ink.center(text, font, Token.FG_EMPHASIS, left + w / 2, middle);
            }
            case USUAL -> {
                ink.stroke(Token.V1, 1);
                ink.g.strokeRoundRect(left + 0.5, top + 0.5, w - 1, h - 1, round, round);
                ink.center(text, font, Token.V1, left + w / 2, middle);
            }
        }
        return left + w;
    }

    private double pips(VersionRow row, double x, double middle) {
        int count = row.pips().size();
        int shown = count > MOST_PIPS ? MOST_PIPS - 1 : count;
        double left = x;
        for (int i = 0; i < shown; i++) {
            pip(row.pips().get(i), Ink.snapped(left), Ink.snapped(middle - ink.px(PIP) / 2), Ink.snapped(ink.px(PIP)));
            left += ink.px(PIP_STEP);
        }
        if (count > shown) {
            String more = "+" + (count - shown);
            ink.left(more, small(), Token.FG_SUBTLE, left + 1, middle);
            left += ink.width(more, small()) + 2;
        }
        return left;
    }

    private void pip(Pip pip, double x, double y, double size) {
        switch (pip) {
            case OK -> {
                ink.fill(Token.LAMP_OK);
                ink.g.fillRoundRect(x, y, size, size, 2, 2);
            }
            case SLOW -> {
                ink.stroke(Token.LAMP_WARN, 1.5);
                ink.g.strokeRoundRect(x + 0.75, y + 0.75, size - 1.5, size - 1.5, 2, 2);
            }
            case FAILING -> {
                ink.fill(Token.LAMP_DANGER);
                ink.g.fillRoundRect(x, y, size, size, 2, 2);
                ink.fill(Token.BG_OVERLAY);
                ink.g.fillRect(x + 1.5, y + Math.floor(size / 2), size - 3, 1);
            }
            case GONE -> {
                ink.stroke(Token.IDLE, 1);
                ink.g.setLineDashes(1.5, 1.5);
                ink.g.strokeRect(x + 0.5, y + 0.5, size - 1, size - 1);
                ink.g.setLineDashes();
            }
        }
    }

    private Font small() {
        return ink.font(Face.MONO, 10.5);
    }

    static Token shareTone(TrafficStats stats) {
        double share = stats.successShare().orElse(1);
        if (share >= 0.99) {
            return Token.FG_MUTED;
        }
        return share >= 0.9 ? Token.WARN : Token.DANGER;
    }

    static Padlock.Protection protection(Security security) {
        return switch (security) {
            case MTLS, IDLE -> Padlock.Protection.MUTUAL_TLS;
            case PLAIN, MIXED -> Padlock.Protection.PLAIN;
        };
    }
}
