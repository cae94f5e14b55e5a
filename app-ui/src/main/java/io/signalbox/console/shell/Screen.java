package io.signalbox.console.shell;

import javafx.scene.Node;

/**
 * What fills the content area: one view with its subscriptions. Made the first time it is asked for, kept afterwards;
 * used on the FX thread only.
 */
public interface Screen {

    ScreenId id();

    /** The node that is shown; the same one each time. */
    Node view();

    /** Called when the view has come into the window: the place to subscribe. */
    void shown();

    /** Called before the view leaves the window, and when the console closes: the place to close every subscription. */
    void hidden();

    /**
     * Shows one thing; nothing where this screen does not know it. Called after {@link #shown}.
     *
     * @param target a service's name, or an edge's or a circuit's id
     */
    default void reveal(String target) {}

    /** Puts the focus into this screen's filter, for the {@code /} key; nothing where there is none. */
    default void focusFilter() {}
}
