package io.signalbox.console.shell;

import io.signalbox.console.text.Texts;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import javafx.css.PseudoClass;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The column of screens on the left: 76 px with names, 48 px with icons only where room is scarce. */
final class Rail extends VBox {

    private static final PseudoClass COMPACT = PseudoClass.getPseudoClass("compact");

    private final Map<ScreenId, RailEntry> entries = new EnumMap<>(ScreenId.class);

    /**
     * A rail of those screens, in their own order.
     *
     * @param open opens a screen
     */
    Rail(Set<ScreenId> screens, Texts texts, Consumer<ScreenId> open) {
        getStyleClass().add("mesh-rail");
        setAccessibleText(texts.get("shell.rail"));
        getChildren().add(new AppMark());
        Region space = new Region();
        VBox.setVgrow(space, Priority.ALWAYS);
        for (ScreenId screen : ScreenId.values()) {
            if (screen == ScreenId.CONNECTIONS) {
                getChildren().add(space);
            }
            if (screens.contains(screen)) {
                RailEntry entry = new RailEntry(screen, texts, () -> open.accept(screen));
                entries.put(screen, entry);
                getChildren().add(entry);
            }
        }
    }

    void select(ScreenId current) {
        entries.forEach((screen, entry) -> entry.setCurrent(screen == current));
    }

    void showBadges(Map<ScreenId, Integer> counts) {
        entries.forEach((screen, entry) -> entry.showBadge(counts.getOrDefault(screen, 0)));
    }

    void showNames(boolean shown) {
        pseudoClassStateChanged(COMPACT, !shown);
        entries.values().forEach(entry -> entry.showName(shown));
    }

    RailEntry entry(ScreenId screen) {
        RailEntry entry = entries.get(screen);
        if (entry == null) {
            throw new IllegalArgumentException("screen: " + screen + " (expected: one of " + entries.keySet() + ")");
        }
        return entry;
    }
}
