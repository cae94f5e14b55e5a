package io.signalbox.mesh.routing;

import io.signalbox.mesh.model.InvalidValueException;

/** Why a request goes to the version it goes to. */
public sealed interface RouteReason {

    /**
     * A routing rule took it.
     *
     * @param index the rule's place in the policy, from 0
     */
    record ByRule(int index) implements RouteReason {}

    /**
     * A routing rule took it, and divided what it takes among versions.
     *
     * @param index the rule's place in the policy, from 0
     * @param draw the lot that decided, 0..99, or {@value BySplit#NO_DRAW} when a stable key did
     */
    record ByRuleShare(int index, int draw) implements RouteReason {}

    /**
     * The split gave it this version.
     *
     * @param draw the lot that decided, 0..99, or {@value #NO_DRAW} when the request itself named the version, or a stable key
     *     chose it
     */
    record BySplit(SplitKind kind, int draw) implements RouteReason {

        public static final int NO_DRAW = -1;

        public BySplit {
            InvalidValueException.unless(draw >= NO_DRAW && draw < 100, "draw", draw, "0..99, or -1 for none");
        }
    }

    /** All versions serve alike. */
    record Unsplit() implements RouteReason {}

    /** How a split came to its lot. */
    enum SplitKind {
        /** Fixed shares; the lot is random. */
        WEIGHTED,
        /** Stable or candidate; the lot is random. */
        CANARY,
        /** A or B by the hash of the key's value: the same value always draws the same lot. */
        AB_HASH,
        /** A or B; the request carries no key, so the lot is random. */
        AB_RANDOM,
        /** By the hash of the policy's stable key: the same key always gets the same version; no lot is drawn. */
        STICKY,
        /** A or B as the key's value says outright; no lot is drawn. */
        AB_CHOICE
    }
}
