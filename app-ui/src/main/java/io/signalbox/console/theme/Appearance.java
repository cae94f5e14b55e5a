package io.signalbox.console.theme;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Scene;

/**
 * How the console looks: theme, text size and motion, applied at once to every attached scene and kept in the
 * preferences. Used on the FX thread only.
 */
public final class Appearance {

    /** The root text size in pixels at 100 %; every other size is an em of it. */
    public static final double ROOT_SIZE = 13;

    public static final int SMALLEST_PERCENT = 80;
    public static final int LARGEST_PERCENT = 200;

    private static final List<String> OWN_SHEETS = List.of("console.css", "widgets.css", "shell.css");

    private final Preferences preferences;
    private final Set<Scene> scenes = Collections.newSetFromMap(new WeakHashMap<>());
    private final ObjectProperty<Theme> theme;
    private final IntegerProperty sizePercent;
    private final ObjectProperty<Motion> motion;

    public Appearance(Preferences preferences) {
        this.preferences = preferences;
        theme = new SimpleObjectProperty<>(
                this, "theme", preferences.get("theme").flatMap(Theme::byId).orElseGet(Appearance::systemTheme));
        sizePercent = new SimpleIntegerProperty(
                this,
                "sizePercent",
                preferences.get("size").map(Appearance::parsePercent).orElse(100));
        motion = new SimpleObjectProperty<>(
                this, "motion", preferences.get("motion").flatMap(Motion::byId).orElse(Motion.SYSTEM));
        theme.subscribe((before, now) -> themeChanged(now));
        sizePercent.subscribe((before, now) -> sizeChanged(now));
        motion.subscribe((before, now) -> motionChanged(now));
    }

    public ObjectProperty<Theme> themeProperty() {
        return theme;
    }

    /** Text size as a percentage of the usual one, 80 to 200. */
    public IntegerProperty sizePercentProperty() {
        return sizePercent;
    }

    public ObjectProperty<Motion> motionProperty() {
        return motion;
    }

    public void toggleTheme() {
        theme.set(theme.get().opposite());
    }

    /** Reads now what the first scene would wait for: the theme's sheet and the type faces, which come together. */
    public void prepare() {
        Application.setUserAgentStylesheet(theme.get().baseSheet());
        Face.SANS.font(ROOT_SIZE);
    }

    /** Dresses a scene, now and after each change, until it is no longer used. */
    public void attach(Scene scene) {
        scenes.add(scene);
        Application.setUserAgentStylesheet(theme.get().baseSheet());
        dress(scene);
        moveOrNot(scene);
    }

    private void themeChanged(Theme now) {
        if (!scenes.isEmpty()) {
            Application.setUserAgentStylesheet(now.baseSheet());
            scenes.forEach(this::dress);
        }
        preferences.put("theme", now.id());
    }

    private void sizeChanged(Number now) {
        int kept = Math.clamp(now.intValue(), SMALLEST_PERCENT, LARGEST_PERCENT);
        if (kept != now.intValue()) {
            sizePercent.set(kept);
            return;
        }
        preferences.put("size", Integer.toString(kept));
        scenes.forEach(this::dress);
    }

    private void motionChanged(Motion now) {
        preferences.put("motion", now.id());
        scenes.forEach(this::moveOrNot);
    }

    private void dress(Scene scene) {
        scene.getStylesheets().setAll(sheets());
    }

    /** What a scene wears now, beside the theme's own sheet, which all wear. */
    public List<String> sheets() {
        List<String> sheets = new ArrayList<>();
        sheets.add(theme.get().tokenSheet());
        OWN_SHEETS.forEach(sheet -> sheets.add(Theme.resource(sheet).toExternalForm()));
        sheets.add(inline(faces()));
        sheets.add(inline(sizes()));
        return sheets;
    }

    private void moveOrNot(Scene scene) {
        boolean reduced = switch (motion.get()) {
            case SYSTEM -> Platform.getPreferences().isReducedMotion();
            case FULL -> false;
            case REDUCED -> true;
        };
        scene.getRoot().getStyleClass().removeAll(Motion.REDUCED_STYLE);
        if (reduced) {
            scene.getRoot().getStyleClass().add(Motion.REDUCED_STYLE);
        }
    }

    /** Everything that is in pixels: the root size, and the icons, which do not follow an em. */
    private String sizes() {
        double unit = sizePercent.get() / 100.0;
        return ".root { -fx-font-size: " + ROOT_SIZE * unit + "px; }"
                + ".mesh-icon-inline { -fx-icon-size: " + 12 * unit + "px; }"
                + ".mesh-icon-button { -fx-icon-size: " + 14 * unit + "px; }"
                + ".mesh-icon-rail { -fx-icon-size: " + 16 * unit + "px; }"
                + ".mesh-icon-large { -fx-icon-size: " + 20 * unit + "px; }";
    }

    /** The sheet that names the type faces, with a stand-in for each that could not be read. */
    private static String faces() {
        String sheet = read("faces.css");
        for (Face face : Face.values()) {
            if (!face.isLoaded()) {
                sheet = sheet.replace("\"" + face.family() + "\"", face.standInDeclaration());
            }
        }
        return sheet;
    }

    private static String read(String name) {
        try (InputStream bytes = Theme.resource(name).openStream()) {
            return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String inline(String css) {
        return "data:text/css;base64," + Base64.getEncoder().encodeToString(css.getBytes(StandardCharsets.UTF_8));
    }

    private static Theme systemTheme() {
        return Platform.getPreferences().getColorScheme() == ColorScheme.LIGHT ? Theme.LIGHT : Theme.DARK;
    }

    private static int parsePercent(String text) {
        try {
            return Math.clamp(Integer.parseInt(text), SMALLEST_PERCENT, LARGEST_PERCENT);
        } catch (NumberFormatException notANumber) {
            return 100;
        }
    }
}
