package io.signalbox.console.breakers;

import io.signalbox.console.theme.Token;
import io.signalbox.console.widget.ThemedCanvas;
import io.signalbox.mesh.model.status.BreakerStatus;
import javafx.scene.canvas.GraphicsContext;

/** The trials of a half-open circuit: a disc for each that succeeded, a dotted ring under way, a ring still to come. */
final class TrialRings extends ThemedCanvas {

    private static final int MOST = 8;

    private int limit = 1;
    private int admitted;
    private int succeeded;

    TrialRings() {
        getStyleClass().add("breakers-trials");
    }

    void show(BreakerStatus status) {
        limit = Math.clamp(status.config().halfOpenRequests(), 1, MOST);
        admitted = status.trialsAdmitted();
        succeeded = status.trialsSucceeded();
        requestLayout();
        repaint();
    }

    @Override
    protected double computePrefWidth(double height) {
        return px(13) * limit;
    }

    @Override
    protected double computeMinWidth(double height) {
        return computePrefWidth(height);
    }

    @Override
    protected void paint(GraphicsContext g, double width, double height) {
        double radius = px(4);
        double y = height / 2;
        g.setLineWidth(px(1.4));
        for (int i = 0; i < limit; i++) {
            double x = px(6.5) + i * px(13);
            if (i < succeeded) {
                g.setFill(palette().get(Token.LAMP_OK));
                g.fillOval(x - radius, y - radius, 2 * radius, 2 * radius);
                continue;
            }
            g.setStroke(palette().get(Token.LAMP_WARN));
            g.strokeOval(x - radius, y - radius, 2 * radius, 2 * radius);
            if (i < admitted) {
                double dot = px(1.6);
                g.setFill(palette().get(Token.LAMP_WARN));
                g.fillOval(x - dot, y - dot, 2 * dot, 2 * dot);
            }
        }
    }
}
