package io.signalbox.console.widget;

import io.signalbox.console.format.Formats;
import io.signalbox.console.text.Texts;
import io.signalbox.console.theme.Token;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.css.PseudoClass;
import javafx.scene.AccessibleAction;
import javafx.scene.AccessibleAttribute;
import javafx.scene.AccessibleRole;
import javafx.scene.Cursor;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import org.jspecify.annotations.Nullable;

/**
 * The lever of a rollout: a hollow thumb at the weight in force, a filled one at the weight asked for, a dashed line
 * between them, and above them what was got with its 95 % interval.
 *
 * <p>Left and right move by 1 %, with Shift by 10 %, Home and End all the way, Enter sends, Escape undoes.
 */
public final class CanarySlider extends ThemedCanvas {

    private static final PseudoClass BLOCKED = PseudoClass.getPseudoClass("blocked");

    private final CanarySliderModel model;
    private final Formats formats;
    private final Texts texts;
    private final StringProperty blockedReason = new SimpleStringProperty(this, "blockedReason", "");
    private String name = "";
    private Optional<Got> got = Optional.empty();
    private List<Integer> stops = List.of(0, 25, 50, 75, 100);
    private boolean nearThumb;

    public CanarySlider(CanarySliderModel model, Formats formats, Texts texts) {
        this.model = model;
        this.formats = formats;
        this.texts = texts;
        getStyleClass().add("mesh-canary-slider");
        setAccessibleRole(AccessibleRole.SLIDER);
        setFocusTraversable(true);
        setCursor(Cursor.HAND);
        model.inForceProperty().subscribe(now -> changed());
        model.askedProperty().subscribe(now -> changed());
        model.draggingProperty().subscribe(now -> changed());
        focusVisibleProperty().subscribe(now -> repaint());
        blockedReason.subscribe((before, now) -> blockedChanged(now));
        addEventHandler(MouseEvent.MOUSE_PRESSED, this::pressed);
        addEventHandler(MouseEvent.MOUSE_DRAGGED, event -> model.drag(percentAt(event.getX())));
        addEventHandler(MouseEvent.MOUSE_RELEASED, event -> model.release());
        addEventHandler(MouseEvent.MOUSE_MOVED, event -> near(isNearThumb(event)));
        addEventHandler(MouseEvent.MOUSE_EXITED, event -> near(false));
        addEventHandler(KeyEvent.KEY_PRESSED, this::key);
    }

    public CanarySliderModel model() {
        return model;
    }

    /** What the slider moves, for a screen reader: "catalog v2". */
    public void setName(String thing) {
        name = thing;
        changed();
    }

    /** What was measured; empty while nothing was. */
    public void setGot(Optional<Got> measured) {
        got = measured;
        changed();
    }

    /** The percentages named under the track. */
    public void setStops(List<Integer> percents) {
        stops = List.copyOf(percents);
        repaint();
    }

    /** Why the weight cannot be moved now; empty while it can. */
    public StringProperty blockedReasonProperty() {
        return blockedReason;
    }

    private boolean isBlocked() {
        return !blockedReason.get().isEmpty();
    }

    private void blockedChanged(String reason) {
        pseudoClassStateChanged(BLOCKED, !reason.isEmpty());
        setAccessibleHelp(reason);
        Tooltip old = (Tooltip) getProperties().remove("tooltip");
        if (old != null) {
            Tooltip.uninstall(this, old);
        }
        if (!reason.isEmpty()) {
            Tooltip tooltip = new Tooltip(reason);
            getProperties().put("tooltip", tooltip);
            Tooltip.install(this, tooltip);
        }
        repaint();
    }

    private void changed() {
        String inForce = formats.percent(model.inForceProperty().get());
        String text = model.askedProperty().get().isPresent()
                ? texts.get(
                        "slider.text.asked",
                        name,
                        inForce,
                        formats.percent(model.askedProperty().get().getAsInt()))
                : texts.get("slider.text", name, inForce);
        setAccessibleText(text);
        notifyAccessibleAttributeChanged(AccessibleAttribute.VALUE);
        repaint();
    }

    private void pressed(MouseEvent event) {
        if (event.getButton() == MouseButton.PRIMARY && !isBlocked()) {
            requestFocus();
            model.press(percentAt(event.getX()));
            event.consume();
        }
    }

    private void key(KeyEvent event) {
        if (isBlocked() || event.isControlDown() || event.isAltDown()) {
            return;
        }
        int size = event.isShiftDown() ? 10 : 1;
        boolean used = true;
        switch (event.getCode()) {
            case LEFT, DOWN, KP_LEFT, KP_DOWN -> model.step(-size);
            case RIGHT, UP, KP_RIGHT, KP_UP -> model.step(size);
            case HOME -> model.moveTo(0);
            case END -> model.moveTo(100);
            case ENTER -> model.confirm();
            case ESCAPE -> {
                used = model.askedProperty().get().isPresent();
                model.undo();
            }
            default -> used = false;
        }
        if (used) {
            event.consume();
        }
    }

    private void near(boolean now) {
        if (now != nearThumb) {
            nearThumb = now;
            repaint();
        }
    }

    private boolean isNearThumb(MouseEvent event) {
        CanarySliderPainter painter = painter();
        double thumb = painter.x(
                model.askedProperty().get().orElse(model.inForceProperty().get()));
        return Math.hypot(event.getX() - thumb, event.getY() - painter.trackY()) < px(14);
    }

    private int percentAt(double x) {
        return painter().percentAt(x);
    }

    private CanarySliderPainter painter() {
        return new CanarySliderPainter(palette(), getWidth(), px(1));
    }

    @Override
    protected void paint(GraphicsContext g, double width, double height) {
        g.setGlobalAlpha(isBlocked() ? 0.6 : 1);
        CanarySliderPainter painter = painter();
        painter.track(g, model.inForceProperty().get(), isBlocked() ? Token.IDLE : Token.ACCENT_EMPHASIS);
        painter.stops(g, stops, formats);
        got.ifPresent(measured -> painter.got(g, measured, texts.get("slider.got")));
        if (nearThumb && !isBlocked()) {
            painter.halo(
                    g,
                    model.askedProperty().get().orElse(model.inForceProperty().get()));
        }
        painter.thumbs(g, model.inForceProperty().get(), model.askedProperty().get());
        model.askedProperty()
                .get()
                .ifPresent(asked -> painter.askedLabel(g, asked, texts.get("slider.new", formats.percent(asked))));
        if (isFocusVisible()) {
            painter.focus(
                    g,
                    model.askedProperty().get().orElse(model.inForceProperty().get()),
                    focusWidth());
        }
    }

    @Override
    public @Nullable Object queryAccessibleAttribute(AccessibleAttribute attribute, Object... parameters) {
        return switch (attribute) {
            case VALUE ->
                (double) model.askedProperty()
                        .get()
                        .orElse(model.inForceProperty().get());
            case MIN_VALUE -> 0.0;
            case MAX_VALUE -> 100.0;
            default -> super.queryAccessibleAttribute(attribute, parameters);
        };
    }

    @Override
    public void executeAccessibleAction(AccessibleAction action, Object... parameters) {
        switch (action) {
            case INCREMENT -> model.step(1);
            case DECREMENT -> model.step(-1);
            default -> super.executeAccessibleAction(action, parameters);
        }
    }

    /**
     * A measured share with its 95 % interval, each 0 to 1.
     *
     * @param share what was got
     * @param low the interval's lower end
     * @param high the interval's upper end
     */
    public record Got(double share, double low, double high) {}
}
