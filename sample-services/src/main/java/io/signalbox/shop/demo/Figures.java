package io.signalbox.shop.demo;

import java.util.Locale;
import java.util.OptionalDouble;

/** Writes figures for people, the same everywhere. */
final class Figures {

    private static final String NONE = "–";
    private static final double NANOS_PER_MILLI = 1e6;

    private Figures() {}

    static String millis(long nanos) {
        double millis = nanos / NANOS_PER_MILLI;
        return String.format(Locale.ROOT, millis < 10 ? "%.1f ms" : "%.0f ms", millis);
    }

    static String rate(double perSecond) {
        return String.format(Locale.ROOT, "%.1f", perSecond);
    }

    static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** A share in percent with two decimals; 100 % only when it is exactly that. */
    static String share(OptionalDouble share) {
        if (share.isEmpty()) {
            return NONE;
        }
        double percent = share.getAsDouble() * 100;
        return percent == 100 ? "100 %" : String.format(Locale.ROOT, "%.2f %%", Math.min(percent, 99.99));
    }
}
