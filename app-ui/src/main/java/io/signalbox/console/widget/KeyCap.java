package io.signalbox.console.widget;

import javafx.scene.control.Label;

/** The name of a key in a small frame. */
public final class KeyCap extends Label {

    public KeyCap(String key) {
        super(key);
        getStyleClass().add("mesh-key");
        setMinWidth(USE_PREF_SIZE);
    }
}
