package io.signalbox.mesh.model;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How long a fault holds a request back: always the same, or drawn anew each time. What is drawn beyond {@link #LONGEST}
 * is cut to it.
 */
public sealed interface FaultDelay {

    /** The longest delay there is. */
    Duration LONGEST = Duration.ofMinutes(1);

    record Fixed(Duration length) implements FaultDelay {

        public Fixed {
            requirePositive("delay.fixed", length);
        }
    }

    /** Any length between the two is as likely as any other. */
    record Uniform(Duration min, Duration max) implements FaultDelay {

        public Uniform {
            require("uniform.min", min);
            requirePositive("uniform.max", max);
            InvalidValueException.unless(min.compareTo(max) <= 0, "uniform.max", max, "at least min, which is " + min);
        }
    }

    /** A bell around the mean; what would be less than nothing is nothing. */
    record Normal(Duration mean, Duration stdDev) implements FaultDelay {

        public Normal {
            requirePositive("normal.mean", mean);
            require("normal.stdDev", stdDev);
        }
    }

    /** Mostly short and now and then long, as gaps between events that do not know of each other are. */
    record Exponential(Duration mean) implements FaultDelay {

        public Exponential {
            requirePositive("exponential.mean", mean);
        }
    }

    /**
     * As it was measured: so many percent of the delays are no longer than that. Between two points the length grows
     * evenly; it begins with 0 at p0, and ends with the longest, unless they are given.
     *
     * @param points 1 to 32, by percent
     */
    record Percentiles(SortedMap<Double, Duration> points) implements FaultDelay {

        private static final int MOST = 32;

        public Percentiles {
            points = Collections.unmodifiableSortedMap(new TreeMap<>(points));
            InvalidValueException.unless(
                    !points.isEmpty() && points.size() <= MOST, "delay.percentiles", points.size(), "1 to 32 points");
            Duration before = Duration.ZERO;
            for (Map.Entry<Double, Duration> point : points.entrySet()) {
                String name = name(point.getKey());
                InvalidValueException.unless(
                        point.getKey() >= 0 && point.getKey() <= 100, "percentiles." + name, name, "p0..p100");
                require("percentiles." + name, point.getValue());
                InvalidValueException.unless(
                        point.getValue().compareTo(before) >= 0,
                        "percentiles." + name,
                        point.getValue(),
                        "at least that of the percentile before, which is " + before);
                before = point.getValue();
            }
        }

        /** How a point is written: {@code p50}, {@code p99.9}. */
        public static String name(double percent) {
            return "p" + (percent == Math.rint(percent) ? Long.toString((long) percent) : Double.toString(percent));
        }
    }

    private static void require(String field, Duration length) {
        InvalidValueException.unless(
                !length.isNegative() && length.compareTo(LONGEST) <= 0, field, length, "at most 1m");
    }

    private static void requirePositive(String field, Duration length) {
        InvalidValueException.unless(
                length.isPositive() && length.compareTo(LONGEST) <= 0, field, length, "more than zero, at most 1m");
    }
}
