package io.signalbox.console.shell;

import java.util.List;

/** When a screen that has never been shown is made, and in which steps. Used on the FX thread. */
@FunctionalInterface
public interface Opening {

    /** Takes every step now. */
    Opening AT_ONCE = (screen, steps) -> steps.forEach(Runnable::run);

    /**
     * Takes the steps on the FX thread in their order, now or later.
     *
     * @param steps do nothing once the screen is no longer wanted
     */
    void open(ScreenId screen, List<Runnable> steps);
}
