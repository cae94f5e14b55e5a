package io.signalbox.mesh.resilience;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The calls that a circuit has refused since it opened.
 *
 * @param first when; empty while there is none
 * @param last when; empty while there is none
 * @param slices how many were refused in each part of the first open time, and at the end of the list all those after it
 * @param slice how long a part is
 */
public record Refused(long calls, Optional<Instant> first, Optional<Instant> last, List<Long> slices, Duration slice) {

    public Refused {
        slices = List.copyOf(slices);
    }

    /** How many of the first open time were refused in the parts that begin so long after the opening, or later. */
    public long inFirstOpenTimeAfter(Duration passed) {
        long sum = 0;
        for (int i = 0; i < slices.size() - 1; i++) {
            sum += slice.multipliedBy(i).compareTo(passed) >= 0 ? slices.get(i) : 0;
        }
        return sum;
    }
}
