package io.signalbox.console.shell;

import java.util.Locale;

/**
 * Something the palette can do.
 *
 * @param title what it does, as a verb: "Open payment's breaker…"
 * @param hint where it happens or which key does it too; may be empty
 * @param run called on the FX thread after the palette has closed
 */
public record Command(String title, String hint, Runnable run) {

    /** True where every word of the query stands somewhere in title or hint, in any order and case. */
    boolean matches(String query) {
        String text = (title + " " + hint).toLowerCase(Locale.ROOT);
        for (String word : query.toLowerCase(Locale.ROOT).strip().split("\\s+", -1)) {
            if (!text.contains(word)) {
                return false;
            }
        }
        return true;
    }
}
