package io.signalbox.mesh.explain;

import io.signalbox.mesh.routing.RouteDecision;
import io.signalbox.mesh.routing.RouteReason;
import org.jspecify.annotations.Nullable;

/**
 * How a request came to its version.
 *
 * @param version {@code null} means any
 * @param lot 0..99, when one was drawn
 */
public record VersionChoice(
        By by, @Nullable String version, @Nullable Integer lot) {

    /** What chose. */
    public enum By {
        /** A routing rule. */
        RULE,
        /** A routing rule that divides what it takes among versions: by the stable key, or else the lot is random. */
        RULE_SHARE,
        /** Fixed shares; the lot is random. */
        WEIGHTED,
        /** Stable or candidate; the lot is random. */
        CANARY,
        /** A or B by the hash of the key's value. */
        AB_HASH,
        /** A or B; without a key the lot is random. */
        AB_RANDOM,
        /** A or B as the key's value says outright. */
        AB_CHOICE,
        /** By the hash of the stable key, in proportion to the shares. */
        STICKY,
        /** Nothing: all versions serve alike. */
        UNSPLIT
    }

    static VersionChoice of(RouteDecision.Routed routed) {
        return switch (routed.reason()) {
            case RouteReason.ByRule _ -> new VersionChoice(By.RULE, routed.version(), null);
            case RouteReason.ByRuleShare(int rule, int draw) ->
                new VersionChoice(By.RULE_SHARE, routed.version(), lot(draw));
            case RouteReason.Unsplit _ -> new VersionChoice(By.UNSPLIT, routed.version(), null);
            case RouteReason.BySplit split -> new VersionChoice(by(split.kind()), routed.version(), lot(split.draw()));
        };
    }

    private static @Nullable Integer lot(int draw) {
        return draw == RouteReason.BySplit.NO_DRAW ? null : (Integer) draw;
    }

    private static By by(RouteReason.SplitKind kind) {
        return switch (kind) {
            case WEIGHTED -> By.WEIGHTED;
            case CANARY -> By.CANARY;
            case AB_HASH -> By.AB_HASH;
            case AB_RANDOM -> By.AB_RANDOM;
            case AB_CHOICE -> By.AB_CHOICE;
            case STICKY -> By.STICKY;
        };
    }
}
