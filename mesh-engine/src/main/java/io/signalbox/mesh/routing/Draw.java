package io.signalbox.mesh.routing;

import io.signalbox.mesh.routing.RouteReason.BySplit;
import io.signalbox.mesh.routing.RouteReason.SplitKind;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Lots in whole percent, 0..99. A share of w % takes the lots below w, so that 0 and 100 are exact. */
final class Draw {

    static final int LOTS = 100;

    /** Every reason there can be, made once, so that a request does not make it again. */
    private static final Map<SplitKind, BySplit[]> REASONS = new EnumMap<>(SplitKind.class);

    static {
        for (SplitKind kind : SplitKind.values()) {
            REASONS.put(
                    kind,
                    IntStream.range(BySplit.NO_DRAW, LOTS)
                            .mapToObj(draw -> new BySplit(kind, draw))
                            .toArray(BySplit[]::new));
        }
    }

    private Draw() {}

    static int random(RandomGenerator random) {
        return random.nextInt(LOTS);
    }

    /** Maps a hash to a lot; the same hash always gives the same lot. */
    static int ofHash(long hash) {
        return (int) Math.unsignedMultiplyHigh(hash, LOTS);
    }

    static boolean takes(int percent, RandomGenerator random) {
        return percent >= LOTS || (percent > 0 && random(random) < percent);
    }

    static BySplit reason(SplitKind kind, int draw) {
        return Objects.requireNonNull(REASONS.get(kind))[draw - BySplit.NO_DRAW];
    }
}
