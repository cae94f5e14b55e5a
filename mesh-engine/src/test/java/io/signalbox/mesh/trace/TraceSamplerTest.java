package io.signalbox.mesh.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.explain.RequestLog;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceSamplerTest {

    private static final int MOST = 200 * RequestLog.ONE_TRACE_IN;

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 7})
    void ofWhatIsSampledTheSameShareIsHeldLongerHoweverMuchIsLeftOut(int halvings) {
        SplittableRandom random = new SplittableRandom(1);
        long[] counter = {0};

        assertThat(heldLonger(halvings, random::nextLong)).isBetween(150, 250);
        assertThat(heldLonger(halvings, () -> counter[0]++)).isBetween(150, 250);
    }

    /** Of so many that are kept once so few are. */
    private static int heldLonger(int halvings, LongSupplier ids) {
        TraceSampler sampler = new TraceSampler(0, MOST);
        for (int i = 0; i < halvings * (MOST + 1); i++) {
            keptNext(sampler, ids);
        }
        int held = 0;
        for (int i = 0; i < MOST; i++) {
            held += RequestLog.isHeldLonger(keptNext(sampler, ids)) ? 1 : 0;
        }
        return held;
    }

    private static long keptNext(TraceSampler sampler, LongSupplier ids) {
        long id = ids.getAsLong();
        while (!sampler.keeps(id, 0)) {
            id = ids.getAsLong();
        }
        return id;
    }
}
