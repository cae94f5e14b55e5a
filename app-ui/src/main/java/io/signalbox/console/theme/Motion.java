package io.signalbox.console.theme;

import java.util.Locale;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.util.Duration;

/** How much the console moves: as the system says, in full, or not at all. */
public enum Motion {
    SYSTEM,
    FULL,
    REDUCED;

    /** On the root of a scene while its motion is reduced; style sheets may ask for it too. */
    public static final String REDUCED_STYLE = "mesh-reduced-motion";

    /** A duration of zero where the node's window has reduced motion, else the one given. */
    public static Duration duration(Node node, double millis) {
        return isReduced(node) ? Duration.ZERO : Duration.millis(millis);
    }

    /** Whether a change of the node may be seen as a movement: a window has it, and its motion is not reduced. */
    public static boolean isSeen(Node node) {
        Scene scene = node.getScene();
        return scene != null && scene.getWindow() != null && !isReduced(node);
    }

    public static boolean isReduced(Node node) {
        Scene scene = node.getScene();
        return scene != null && scene.getRoot().getStyleClass().contains(REDUCED_STYLE);
    }

    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Motion> byId(String id) {
        for (Motion motion : values()) {
            if (motion.id().equals(id)) {
                return Optional.of(motion);
            }
        }
        return Optional.empty();
    }
}
