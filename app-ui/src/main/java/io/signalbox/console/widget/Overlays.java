package io.signalbox.console.widget;

import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.layout.Region;

/** What may be laid over the console: toasts and questions. Screens are given one; used on the FX thread only. */
public interface Overlays {

    void toast(Toast toast);

    /**
     * Asks before something changes.
     *
     * @param confirmed hears the reason, empty where none was asked; not called when the person leaves it
     */
    void ask(Question question, Consumer<String> confirmed);

    /**
     * Lays a card over the console, in place of the one that may be up; Escape leaves it.
     *
     * @param firstFocus the node inside the card that gets the focus: the safe one
     */
    void card(Region card, Node firstFocus);

    /** Takes the card away. */
    void closeCard();
}
