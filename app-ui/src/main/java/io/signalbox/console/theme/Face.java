package io.signalbox.console.theme;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javafx.scene.text.Font;
import javafx.scene.text.FontWeight;

/**
 * One weight of one type face: Inter for sentences, JetBrains Mono for figures, names and code.
 *
 * <p>The toolkit lists each weight as a family of its own ("Inter Medium"), so a weight is asked for by family. Where a
 * file cannot be read DejaVu stands in for it.
 */
public enum Face {
    SANS("inter/inter-latin-400-normal.woff", "Inter", "DejaVu Sans", FontWeight.NORMAL),
    SANS_MEDIUM("inter/inter-latin-500-normal.woff", "Inter Medium", "DejaVu Sans", FontWeight.NORMAL),
    SANS_SEMIBOLD("inter/inter-latin-600-normal.woff", "Inter SemiBold", "DejaVu Sans", FontWeight.BOLD),
    MONO("jetbrains-mono/jetbrains-mono-all-400-normal.woff", "JetBrains Mono", "DejaVu Sans Mono", FontWeight.NORMAL),
    MONO_MEDIUM(
            "jetbrains-mono/jetbrains-mono-all-500-normal.woff",
            "JetBrains Mono Medium",
            "DejaVu Sans Mono",
            FontWeight.NORMAL),
    MONO_SEMIBOLD(
            "jetbrains-mono/jetbrains-mono-all-600-normal.woff",
            "JetBrains Mono SemiBold",
            "DejaVu Sans Mono",
            FontWeight.BOLD);

    private final String family;
    private final String standIn;
    private final FontWeight standInWeight;
    private final boolean loaded;

    Face(String file, String family, String standIn, FontWeight standInWeight) {
        this.family = family;
        this.standIn = standIn;
        this.standInWeight = standInWeight;
        this.loaded = load(file, family);
    }

    /** This face at a size in pixels; the same object each time, so that a canvas may ask while it paints. */
    public Font font(double size) {
        return Sized.MADE.computeIfAbsent(
                new Sized(this, size), key -> key.face().create(key.size()));
    }

    /** The family that style sheets name for this weight. */
    String family() {
        return family;
    }

    /** What a style sheet has to say in place of {@code "family"} where the file could not be read. */
    String standInDeclaration() {
        return "\"" + standIn + "\"; -fx-font-weight: " + (standInWeight == FontWeight.BOLD ? "bold" : "normal");
    }

    boolean isLoaded() {
        return loaded;
    }

    private Font create(double size) {
        return loaded ? Font.font(family, size) : Font.font(standIn, standInWeight, size);
    }

    private static boolean load(String file, String family) {
        try (InputStream bytes = Face.class.getResourceAsStream("/io/signalbox/console/theme/fonts/" + file)) {
            if (bytes == null) {
                return false;
            }
            Font font = Font.loadFont(bytes, 13);
            return font != null && font.getFamily().equals(family);
        } catch (IOException unreadable) {
            return false;
        }
    }

    /** A face at a size, the key under which its font is kept. */
    private record Sized(Face face, double size) {

        static final Map<Sized, Font> MADE = new ConcurrentHashMap<>();
    }
}
