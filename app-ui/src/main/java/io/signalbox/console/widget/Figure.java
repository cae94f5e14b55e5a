package io.signalbox.console.widget;

import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;

/** A measured value: the figure in mono, its unit smaller and muted beside it. */
public final class Figure extends HBox {

    /** How large the figure stands. */
    public enum Size {
        /** 13 px, among text. */
        TEXT("mesh-figure-s"),
        /** 18 px, in side panels. */
        MEDIUM("mesh-figure-m"),
        /** 22 px. */
        LARGE("mesh-figure-l"),
        /** 28 px. */
        HUGE("mesh-figure-xl");

        private final String style;

        Size(String style) {
            this.style = style;
        }
    }

    private final Label value = new Label();
    private final Label unit = new Label();

    public Figure(Size size, String figure, String unitText) {
        getStyleClass().add("mesh-figure");
        setAlignment(Pos.BASELINE_LEFT);
        value.getStyleClass().addAll("mesh-mono-medium", size.style);
        unit.getStyleClass().addAll(size.style, "mesh-figure-unit");
        getChildren().addAll(value, unit);
        set(figure, unitText);
    }

    /** Shows a new value; an empty unit takes no room. */
    public void set(String figure, String unitText) {
        value.setText(figure);
        unit.setText(unitText);
        unit.setVisible(!unitText.isEmpty());
        unit.setManaged(!unitText.isEmpty());
        setAccessibleText(figure + " " + unitText);
    }

    /** Colours the figure by a state; {@code ""} for the usual text colour. */
    public void setTone(String textStyle) {
        value.getStyleClass().removeIf(style -> style.endsWith("-text"));
        if (!textStyle.isEmpty()) {
            value.getStyleClass().add(textStyle);
        }
    }
}
