package io.signalbox.console.theme;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javafx.scene.paint.Color;

/** The colour tokens of one theme, read from the sheets as the toolkit would. */
record Sheet(Map<String, String> values) {

    private static final Pattern DECLARATION = Pattern.compile("(-(?:color|mesh)-[a-z0-9-]+)\\s*:\\s*([^;]+);");

    static Sheet of(String tokens) throws IOException {
        Map<String, String> values = new TreeMap<>();
        for (String file : new String[] {"console.css", tokens}) {
            String css = text(file);
            Matcher declaration = DECLARATION.matcher(css.substring(css.indexOf(".root"), css.indexOf('}')));
            while (declaration.find()) {
                values.put(declaration.group(1), declaration.group(2).strip());
            }
        }
        return new Sheet(values);
    }

    static String text(String file) throws IOException {
        try (var bytes = Theme.resource(file).openStream()) {
            return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    Color color(String token) {
        String value = values.get(token);
        if (value == null) {
            throw new AssertionError(token + ": no value");
        }
        return value.startsWith("-") ? color(value) : Color.web(value);
    }

    /** The contrast ratio of two colours by WCAG 2, 1 to 21. */
    double contrast(String one, String other) {
        double a = luminance(color(one));
        double b = luminance(color(other));
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }

    private static double luminance(Color color) {
        return 0.2126 * linear(color.getRed()) + 0.7152 * linear(color.getGreen()) + 0.0722 * linear(color.getBlue());
    }

    private static double linear(double part) {
        return part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
    }
}
