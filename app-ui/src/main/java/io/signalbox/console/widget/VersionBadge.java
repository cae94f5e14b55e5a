package io.signalbox.console.widget;

import javafx.scene.control.Label;

/** A version's name in a small frame: outlined when stable, filled when it is the candidate of a running rollout. */
public final class VersionBadge extends Label {

    /** The part a version plays. */
    public enum Role {
        STABLE("mesh-stable"),
        CANDIDATE("mesh-candidate"),
        MIRROR("mesh-mirror");

        private final String style;

        Role(String style) {
            this.style = style;
        }
    }

    public VersionBadge(String version, Role role) {
        super(version);
        getStyleClass().add("mesh-version");
        setMinWidth(USE_PREF_SIZE);
        setRole(role);
    }

    public void setRole(Role role) {
        for (Role other : Role.values()) {
            getStyleClass().remove(other.style);
        }
        getStyleClass().add(role.style);
    }
}
