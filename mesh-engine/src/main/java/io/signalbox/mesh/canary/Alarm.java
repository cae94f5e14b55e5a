package io.signalbox.mesh.canary;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Evidence that stable breaks its objective now: Page's cumulative sums, one an alternative, that begin anew whenever they
 * would fall below 1, and end at a ceiling, so that they let go again when stable has recovered.
 *
 * @param logs ln of each sum, 0..{@link #CEILING}
 */
record Alarm(List<Double> logs) {

    /** ln of the border: while the objective is kept, it takes 1,000 windows or more on average to get there. */
    static final double BORDER = Math.log(1_000);

    private static final double CEILING = BORDER + Math.log(10);

    Alarm {
        logs = List.copyOf(logs);
    }

    static Alarm none(int alternatives) {
        return new Alarm(Collections.nCopies(alternatives, 0.0));
    }

    /** One window more; {@code factors} as in {@link Suspicion#plus}. */
    Alarm plus(double[] factors) {
        List<Double> next = new ArrayList<>(factors.length);
        for (int i = 0; i < factors.length; i++) {
            next.add(Math.clamp(logs.get(i) + factors[i], 0, CEILING));
        }
        return new Alarm(next);
    }

    /** ln of the sums' mean. */
    double log() {
        return Logs.sum(logs) - Math.log(logs.size());
    }
}
