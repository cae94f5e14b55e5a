package io.signalbox.console.shell;

import io.signalbox.console.theme.Preferences;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Rectangle2D;
import javafx.stage.Stage;

/** Where the window was and how large: remembered when it closes, restored if it would still be on a screen. */
final class WindowMemory {

    static final double LEAST_WIDTH = 1000;
    static final double LEAST_HEIGHT = 700;
    private static final String KEY = "window";
    private static final double USUAL_WIDTH = 1440;
    private static final double USUAL_HEIGHT = 900;
    private static final double VISIBLE_ENOUGH = 100;

    private final Preferences preferences;

    WindowMemory(Preferences preferences) {
        this.preferences = preferences;
    }

    /** The bounds to open with on these screens; the first is the primary one. */
    Rectangle2D boundsOn(List<Rectangle2D> screens) {
        Rectangle2D primary = screens.getFirst();
        return preferences
                .get(KEY)
                .flatMap(WindowMemory::parse)
                .filter(bounds -> screens.stream().anyMatch(screen -> isVisible(bounds, screen)))
                .orElseGet(() -> centred(primary));
    }

    void restore(Stage stage) {
        List<Rectangle2D> screens = new ArrayList<>();
        screens.add(javafx.stage.Screen.getPrimary().getVisualBounds());
        javafx.stage.Screen.getScreens().forEach(screen -> screens.add(screen.getVisualBounds()));
        Rectangle2D bounds = boundsOn(screens);
        stage.setMinWidth(Math.min(LEAST_WIDTH, screens.getFirst().getWidth()));
        stage.setMinHeight(Math.min(LEAST_HEIGHT, screens.getFirst().getHeight()));
        stage.setX(bounds.getMinX());
        stage.setY(bounds.getMinY());
        stage.setWidth(bounds.getWidth());
        stage.setHeight(bounds.getHeight());
        stage.setMaximized(
                preferences.get(KEY + ".maximized").filter("yes"::equals).isPresent());
    }

    void remember(Stage stage) {
        preferences.put(KEY + ".maximized", stage.isMaximized() ? "yes" : "no");
        if (!stage.isMaximized() && !stage.isIconified()) {
            preferences.put(
                    KEY,
                    Math.round(stage.getX())
                            + " "
                            + Math.round(stage.getY())
                            + " "
                            + Math.round(stage.getWidth())
                            + " "
                            + Math.round(stage.getHeight()));
        }
    }

    private static boolean isVisible(Rectangle2D bounds, Rectangle2D screen) {
        double width = Math.min(bounds.getMaxX(), screen.getMaxX()) - Math.max(bounds.getMinX(), screen.getMinX());
        double height = Math.min(bounds.getMaxY(), screen.getMaxY()) - Math.max(bounds.getMinY(), screen.getMinY());
        return width >= VISIBLE_ENOUGH && height >= VISIBLE_ENOUGH;
    }

    private static Rectangle2D centred(Rectangle2D screen) {
        double width = Math.min(USUAL_WIDTH, screen.getWidth());
        double height = Math.min(USUAL_HEIGHT, screen.getHeight());
        return new Rectangle2D(
                screen.getMinX() + (screen.getWidth() - width) / 2,
                screen.getMinY() + (screen.getHeight() - height) / 2,
                width,
                height);
    }

    private static Optional<Rectangle2D> parse(String text) {
        String[] parts = text.split(" ", -1);
        if (parts.length != 4) {
            return Optional.empty();
        }
        try {
            double width = Double.parseDouble(parts[2]);
            double height = Double.parseDouble(parts[3]);
            if (!(width >= 100 && height >= 100)) {
                return Optional.empty();
            }
            return Optional.of(
                    new Rectangle2D(Double.parseDouble(parts[0]), Double.parseDouble(parts[1]), width, height));
        } catch (NumberFormatException notNumbers) {
            return Optional.empty();
        }
    }
}
