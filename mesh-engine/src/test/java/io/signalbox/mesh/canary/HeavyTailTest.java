package io.signalbox.mesh.canary;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Latencies with a Pareto tail of index 1.1, whose mean is barely finite. */
class HeavyTailTest {

    private static final double INDEX = 1.1;
    private static final int REQUESTS_A_WINDOW = 2_000;

    @Test
    void aCandidateAsFastAsStableIsFoundCloseThoughTailsAreHeavy() {
        int found = 0;
        for (int seed = 1; seed <= 10; seed++) {
            found += becomesClose(1, seed, 400) ? 1 : 0;
        }
        assertThat(found).isGreaterThanOrEqualTo(9);
    }

    @Test
    void oneThatIsSlowerByTheMarginIsNotFoundCloseThoughTailsAreHeavy() {
        int found = 0;
        for (int seed = 1; seed <= 40; seed++) {
            found += becomesClose(1.2, seed, 200) ? 1 : 0;
        }
        assertThat(found).isLessThanOrEqualTo(4);
    }

    /** Whether the candidate's latency is ever found to be within the margin, in so many windows. */
    private static boolean becomesClose(double slowness, long seed, int windows) {
        SplittableRandom random = new SplittableRandom(seed);
        double border = Borders.of(Criteria.DEFAULT).close();
        LatencyEvidence evidence = LatencyEvidence.NONE;
        Recent recent = Recent.NONE;
        for (int i = 0; i < windows; i++) {
            Window window = new Window(
                    Duration.ofSeconds(10),
                    slice(random, REQUESTS_A_WINDOW / 2, 1),
                    slice(random, REQUESTS_A_WINDOW / 2, slowness));
            evidence = evidence.plus(window, recent, Criteria.DEFAULT);
            recent = recent.plus(window);
            if (evidence.close().log() >= border) {
                return true;
            }
        }
        return false;
    }

    private static Slice slice(SplittableRandom random, int requests, double slowness) {
        Latencies.Counter latency = new Latencies.Counter();
        for (int i = 0; i < requests; i++) {
            latency.add((long) (10e6 * slowness * Math.pow(1 - random.nextDouble(), -1 / INDEX)), 1);
        }
        return new Slice(requests, 0, latency.total());
    }
}
