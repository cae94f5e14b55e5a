package io.signalbox.mesh.routing;

import io.signalbox.mesh.hash.StableHash;
import io.signalbox.mesh.model.RequestHead;
import io.signalbox.mesh.model.Splitting;
import io.signalbox.mesh.routing.RouteReason.BySplit;
import io.signalbox.mesh.routing.RouteReason.SplitKind;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Chooses between two versions by the value of one header.
 *
 * <p>{@code A} and {@code B}, or else a version's name, in any case, choose outright. Any other value draws a lot by
 * its {@link StableHash}, salted with the service, so that a user's lots in two services are independent. Lots below
 * B's weight get B: raising the weight moves users from A to B only. Without a value the lot is random. Of repeated
 * headers the first one counts.
 */
final class AbSelector implements SplitSelector {

    private final Splitting.AbTest test;
    private final VersionTargets.Target a;
    private final VersionTargets.Target b;
    private final long salt;

    private AbSelector(Splitting.AbTest test, VersionTargets.Target a, VersionTargets.Target b, long salt) {
        this.test = test;
        this.a = a;
        this.b = b;
        this.salt = salt;
    }

    static AbSelector of(Splitting.AbTest test, VersionTargets targets) {
        return new AbSelector(
                test,
                targets.version(test.versionA()),
                targets.version(test.versionB()),
                StableHash.of(0, targets.config().service()));
    }

    @Override
    public RouteDecision.Routed select(RequestHead head, RequestDraw draw, RandomGenerator random) {
        String value = head.headers().first(test.splitKey());
        if (value == null || value.isBlank()) {
            return byLot(SplitKind.AB_RANDOM, Draw.random(random));
        }
        VersionTargets.Target chosen = choice(value);
        return chosen != null
                ? chosen.routed(Draw.reason(SplitKind.AB_CHOICE, BySplit.NO_DRAW))
                : byLot(SplitKind.AB_HASH, Draw.ofHash(StableHash.of(salt, value)));
    }

    private RouteDecision.Routed byLot(SplitKind kind, int draw) {
        return (draw < test.weightB().percent() ? b : a).routed(Draw.reason(kind, draw));
    }

    private VersionTargets.@Nullable Target choice(String value) {
        if (value.equalsIgnoreCase("A")) {
            return a;
        }
        if (value.equalsIgnoreCase("B")) {
            return b;
        }
        if (value.equalsIgnoreCase(test.versionA())) {
            return a;
        }
        return value.equalsIgnoreCase(test.versionB()) ? b : null;
    }
}
