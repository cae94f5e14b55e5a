package io.signalbox.console.widget;

import java.util.Optional;
import javafx.scene.control.Label;

/** A word on a tinted ground, 18 px high; with a lamp when it names a state. */
public final class Tag extends Label {

    private Optional<LampState> state = Optional.empty();

    private Tag(String text) {
        super(text);
        getStyleClass().add("mesh-tag");
        setMinWidth(USE_PREF_SIZE);
    }

    /** A tag that names a state. */
    public static Tag of(LampState state, String word) {
        Tag tag = new Tag(word);
        tag.setState(state);
        return tag;
    }

    /** A tag without a state: a protocol, a revision. */
    public static Tag plain(String word) {
        Tag tag = new Tag(word);
        tag.getStyleClass().add("mesh-plain");
        return tag;
    }

    /** A tag in the accent's tint, for what is yours to touch. */
    public static Tag accent(String word) {
        Tag tag = new Tag(word);
        tag.getStyleClass().add("mesh-accent");
        return tag;
    }

    /** Changes the state; the word is the caller's to change with it. */
    public void setState(LampState now) {
        state.ifPresent(before -> pseudoClassStateChanged(before.pseudoClass(), false));
        pseudoClassStateChanged(now.pseudoClass(), true);
        state = Optional.of(now);
        if (getGraphic() instanceof Lamp lamp) {
            lamp.setState(now);
        } else {
            setGraphic(new Lamp(now));
        }
    }
}
