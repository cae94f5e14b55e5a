package io.signalbox.console.rollouts;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which place on the wall each caller has: until it is passed on, and the same on every screen where callers are numbered, as in
 * {@code shopper-017}. Others take the first free one. Belongs to one thread.
 */
final class ShelfPlaces {

    /** More callers than these are not shown. */
    static final int MOST = 400;

    private static final Pattern NUMBERED = Pattern.compile(".*?(\\d{1,3})");
    private static final int NONE = -1;

    private final Map<String, Integer> places = new HashMap<>();
    private final boolean[] taken = new boolean[MOST];
    private int firstFree;

    /** From 0; -1 where all places are taken. */
    int of(String caller) {
        Integer known = places.get(caller);
        if (known != null) {
            return known;
        }
        int place = free(caller);
        if (place != NONE) {
            taken[place] = true;
            places.put(caller, place);
        }
        return place;
    }

    /** Gives the place of one to another, who has none. */
    int pass(String from, String to) {
        Integer place = places.remove(from);
        if (place == null) {
            return NONE;
        }
        places.put(to, place);
        return place;
    }

    private int free(String caller) {
        Matcher numbered = NUMBERED.matcher(caller);
        if (numbered.matches()) {
            int wanted = Integer.parseInt(numbered.group(1)) - 1;
            if (wanted >= 0 && wanted < MOST && !taken[wanted]) {
                return wanted;
            }
        }
        while (firstFree < MOST && taken[firstFree]) {
            firstFree++;
        }
        return firstFree < MOST ? firstFree : NONE;
    }
}
