package io.signalbox.console.screen;

import io.signalbox.console.fixture.SnapshotFixtures;
import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.status.BreakerStatus;
import io.signalbox.mesh.model.status.MeshSnapshot;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Two minutes of Corner Shop, second by second, that end in one of the fixtures' pictures; the same each time. */
final class ShopStory {

    static final int SECONDS = 120;

    private ShopStory() {}

    /** The pictures of the two minutes up to and with the last one. */
    static List<MeshSnapshot> endingIn(MeshSnapshot last) {
        IntFunction<MeshSnapshot> picture = second -> at(last, second, new Random(second));
        return IntStream.rangeClosed(1, SECONDS).mapToObj(picture).toList();
    }

    private static MeshSnapshot at(MeshSnapshot last, int second, Random random) {
        int before = SECONDS - second;
        if (before == 0) {
            return last;
        }
        return new MeshSnapshot(
                last.sequence() - before,
                last.eventSequence(),
                last.at().minusSeconds(before),
                last.mesh(),
                last.startedAt(),
                last.totals(),
                last.meshHops(),
                last.securedHops(),
                last.services(),
                last.edges(),
                last.breakers().stream()
                        .map(breaker -> breaker(breaker, before, random))
                        .toList(),
                last.splits(),
                last.scenario());
    }

    private static BreakerStatus breaker(BreakerStatus last, int before, Random random) {
        boolean yet = before <= 23;
        boolean ill = last.state() != BreakerState.CLOSED && last.state() != BreakerState.DISABLED;
        long failures = ill
                ? Math.round(last.calls() * (yet ? 0.3 : 0.004) * random.nextDouble(0.8, 1.2))
                : Math.round(last.failures() * random.nextDouble(0.6, 1.4));
        return new BreakerStatus(
                last.edge(),
                last.sourceInstance(),
                last.endpoint(),
                ill && !yet ? BreakerState.CLOSED : last.state(),
                last.since(),
                last.nextProbe(),
                last.failuresInARow(),
                last.trialsAdmitted(),
                last.trialsSucceeded(),
                last.config(),
                last.calls(),
                Math.min(failures, last.calls()),
                last.refused(),
                last.note());
    }
}
