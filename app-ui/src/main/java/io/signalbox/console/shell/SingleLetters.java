package io.signalbox.console.shell;

import io.signalbox.console.theme.Preferences;

/** Whether single letters are keys of the console, as {@code g t} is; they are unless someone turned them off. */
public final class SingleLetters {

    private static final String KEY = "letters";
    private static final String OFF = "off";

    private final Preferences preferences;

    public SingleLetters(Preferences preferences) {
        this.preferences = preferences;
    }

    public boolean areOn() {
        return preferences.get(KEY).filter(OFF::equals).isEmpty();
    }

    public void turnOn() {
        preferences.put(KEY, "on");
    }

    public void turnOff() {
        preferences.put(KEY, OFF);
    }
}
