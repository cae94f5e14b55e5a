package io.signalbox.mesh.cli;

import io.signalbox.mesh.model.status.Latency;
import io.signalbox.mesh.model.status.TrafficStats;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Figures as commands write them; the same in every locale, so that scripts can rely on them. */
final class Words {

    static final String NONE = "-";

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final double NANOS_PER_MILLI = 1e6;

    private Words() {}

    static String rate(double perSecond) {
        return String.format(Locale.ROOT, perSecond < 10 ? "%.1f" : "%.0f", perSecond);
    }

    static String success(TrafficStats stats) {
        return share(stats.successShare());
    }

    /** One decimal, two from 99 % up, and 100 % only when it is exact. */
    static String share(OptionalDouble share) {
        if (share.isEmpty()) {
            return NONE;
        }
        double percent = share.getAsDouble() * 100;
        if (percent == 100) {
            return "100 %";
        }
        return percent >= 99
                ? String.format(Locale.ROOT, "%.2f %%", Math.min(percent, 99.99))
                : String.format(Locale.ROOT, "%.1f %%", percent);
    }

    static String p50(TrafficStats stats) {
        Latency latency = stats.latency();
        return latency == null ? NONE : millis(latency.p50Nanos());
    }

    static String p99(TrafficStats stats) {
        Latency latency = stats.latency();
        return latency == null ? NONE : millis(latency.p99Nanos());
    }

    static String millis(long nanos) {
        double millis = nanos / NANOS_PER_MILLI;
        return String.format(Locale.ROOT, millis < 10 ? "%.1f ms" : "%.0f ms", millis);
    }

    static String clock(Instant at) {
        return CLOCK.format(at.atZone(ZoneId.systemDefault()));
    }

    /** Rounded to whole seconds. */
    static String seconds(Duration span) {
        return Math.round(span.toMillis() / 1e3) + " s";
    }

    /** Whole seconds from then to now, never negative. */
    static String age(Instant then, Instant now) {
        return Math.max(0, Duration.between(then, now).toSeconds()) + " s";
    }

    static String until(@Nullable Instant then, Instant now) {
        return then == null ? NONE : Math.max(0, Duration.between(now, then).toSeconds()) + " s";
    }
}
