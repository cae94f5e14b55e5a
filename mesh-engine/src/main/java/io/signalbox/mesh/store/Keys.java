package io.signalbox.mesh.store;

import io.signalbox.mesh.model.InvalidValueException;

/** What may be a key. ASCII alone, so that every store sorts keys alike. */
final class Keys {

    private static final int LONGEST = 512;
    private static final char FIRST = '!';
    private static final char LAST = '~';

    private Keys() {}

    static String require(String key) {
        InvalidValueException.unless(
                !key.isEmpty()
                        && key.length() <= LONGEST
                        && key.chars().allMatch(c -> c >= FIRST && c <= LAST)
                        && key.charAt(key.length() - 1) != LAST,
                "key",
                key,
                "1 to " + LONGEST + " visible ASCII characters, the last not ~");
        return key;
    }
}
