package io.signalbox.console.shell;

import io.signalbox.console.widget.ConnectionChip;
import io.signalbox.console.widget.Overlays;

/** What the shell offers its screens. Used on the FX thread only. */
public interface ShellContext {

    Overlays overlays();

    /** How careful to be with this mesh. */
    ConnectionChip.Environment environment();

    /** Opens another screen. */
    void open(ScreenId screen);

    /**
     * Opens another screen at one thing.
     *
     * @param target a service's name, or an edge's or a circuit's id
     */
    void open(ScreenId screen, String target);
}
