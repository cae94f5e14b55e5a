package io.signalbox.console.widget;

import io.signalbox.console.theme.Appearance;
import io.signalbox.console.theme.Palette;
import io.signalbox.console.theme.Token;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javafx.css.CssMetaData;
import javafx.css.SimpleStyleableDoubleProperty;
import javafx.css.SimpleStyleableObjectProperty;
import javafx.css.StyleConverter;
import javafx.css.Styleable;
import javafx.css.StyleableProperty;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.text.FontSmoothingType;
import org.jspecify.annotations.Nullable;

/**
 * A region that is painted: it fills itself with a canvas, knows the colours in force and paints again when its size,
 * the theme or the text size changes.
 *
 * <p>A subclass paints in {@link #paint} and calls {@link #repaint} when what it shows has changed; several calls
 * before one pulse paint once.
 */
public abstract class ThemedCanvas extends Region {

    private static final Map<Token, ColorMetaData> COLORS = new EnumMap<>(Token.class);
    private static final NumberMetaData EM = new NumberMetaData("-mesh-em", Appearance.ROOT_SIZE, canvas -> canvas.em);
    private static final NumberMetaData LAMP_OUTLINE =
            new NumberMetaData("-mesh-lamp-outline", 0, canvas -> canvas.lampOutline);
    private static final NumberMetaData FOCUS_WIDTH =
            new NumberMetaData("-mesh-focus-width", 2, canvas -> canvas.focusWidth);
    private static final List<CssMetaData<? extends Styleable, ?>> STYLEABLES;

    static {
        List<CssMetaData<? extends Styleable, ?>> all = new ArrayList<>(Region.getClassCssMetaData());
        for (Token token : Token.values()) {
            ColorMetaData metaData = new ColorMetaData(token);
            COLORS.put(token, metaData);
            all.add(metaData);
        }
        all.add(EM);
        all.add(LAMP_OUTLINE);
        all.add(FOCUS_WIDTH);
        STYLEABLES = Collections.unmodifiableList(all);
    }

    private final Canvas canvas = new Canvas();
    private final Surface surface = new Surface();
    private final Map<Token, SimpleStyleableObjectProperty<Color>> colors = new EnumMap<>(Token.class);
    private final SimpleStyleableDoubleProperty em = number(EM, Appearance.ROOT_SIZE);
    private final SimpleStyleableDoubleProperty lampOutline = number(LAMP_OUTLINE, 0);
    private final SimpleStyleableDoubleProperty focusWidth = number(FOCUS_WIDTH, 2);
    private @Nullable Palette palette;

    protected ThemedCanvas() {
        getStyleClass().add("mesh-canvas");
        COLORS.forEach((token, metaData) -> {
            var color = new SimpleStyleableObjectProperty<Color>(metaData, this, token.property());
            color.addListener(changed -> restyle());
            colors.put(token, color);
        });
        getChildren().add(surface);
    }

    /**
     * Paints everything from an empty canvas.
     *
     * @param width the region's width in pixels, greater than zero
     * @param height the region's height in pixels, greater than zero
     */
    protected abstract void paint(GraphicsContext g, double width, double height);

    /** Has this painted again with the next pulse. */
    public final void repaint() {
        surface.requestLayout();
    }

    /** The colours in force. */
    protected final Palette palette() {
        Palette current = palette;
        if (current == null) {
            Map<Token, Color> values = new EnumMap<>(Token.class);
            colors.forEach(
                    (token, color) -> Optional.ofNullable(color.get()).ifPresent(value -> values.put(token, value)));
            current = new Palette(values);
            palette = current;
        }
        return current;
    }

    /** A length given in pixels at the usual text size, scaled to the size in force. */
    protected final double px(double atUsualSize) {
        return atUsualSize * em.get() / Appearance.ROOT_SIZE;
    }

    /** Width of the outline that lamps wear in high contrast; 0 otherwise. */
    protected final double lampOutline() {
        return lampOutline.get();
    }

    protected final double focusWidth() {
        return focusWidth.get();
    }

    @Override
    protected void layoutChildren() {
        surface.resizeRelocate(0, 0, getWidth(), getHeight());
        surface.requestLayout();
    }

    @Override
    public List<CssMetaData<? extends Styleable, ?>> getCssMetaData() {
        return STYLEABLES;
    }

    public static List<CssMetaData<? extends Styleable, ?>> getClassCssMetaData() {
        return STYLEABLES;
    }

    private void restyle() {
        palette = null;
        repaint();
    }

    private SimpleStyleableDoubleProperty number(NumberMetaData metaData, double initial) {
        var property = new SimpleStyleableDoubleProperty(metaData, this, metaData.getProperty(), initial);
        property.addListener(changed -> repaint());
        return property;
    }

    /** Unmanaged, so that painting again lays out nothing above it. */
    private final class Surface extends Region {

        Surface() {
            setManaged(false);
            setMouseTransparent(true);
            getChildren().add(canvas);
        }

        @Override
        protected void layoutChildren() {
            double width = Math.max(0, snapSizeX(getWidth()));
            double height = Math.max(0, snapSizeY(getHeight()));
            canvas.setWidth(width);
            canvas.setHeight(height);
            GraphicsContext g = canvas.getGraphicsContext2D();
            g.clearRect(0, 0, width, height);
            if (width > 0 && height > 0) {
                g.setFontSmoothingType(FontSmoothingType.GRAY);
                g.save();
                paint(g, width, height);
                g.restore();
            }
        }
    }

    private static final class ColorMetaData extends CssMetaData<ThemedCanvas, Color> {

        private final Token token;

        ColorMetaData(Token token) {
            super(token.property(), StyleConverter.getColorConverter());
            this.token = token;
        }

        @Override
        public boolean isSettable(ThemedCanvas canvas) {
            return true;
        }

        @Override
        public @Nullable StyleableProperty<Color> getStyleableProperty(ThemedCanvas canvas) {
            return canvas.colors.get(token);
        }
    }

    private static final class NumberMetaData extends CssMetaData<ThemedCanvas, Number> {

        private final Function<ThemedCanvas, StyleableProperty<Number>> property;

        NumberMetaData(String name, double initial, Function<ThemedCanvas, StyleableProperty<Number>> property) {
            super(name, StyleConverter.getSizeConverter(), initial);
            this.property = property;
        }

        @Override
        public boolean isSettable(ThemedCanvas canvas) {
            return true;
        }

        @Override
        public StyleableProperty<Number> getStyleableProperty(ThemedCanvas canvas) {
            return property.apply(canvas);
        }
    }
}
