package io.signalbox.console.widget;

import java.util.function.Consumer;

/** What may be laid over the console: toasts and questions. Screens are given one; used on the FX thread only. */
public interface Overlays {

    void toast(Toast toast);

    /**
     * Asks before something changes.
     *
     * @param confirmed hears the reason, empty where none was asked; not called when the person leaves it
     */
    void ask(Question question, Consumer<String> confirmed);
}
