package io.signalbox.console.theme;

import java.util.Optional;

/** What the console remembers between two runs: short texts by key. */
public interface Preferences {

    Optional<String> get(String key);

    /** Keeps a value. A store that cannot write keeps it for this run only. */
    void put(String key, String value);
}
