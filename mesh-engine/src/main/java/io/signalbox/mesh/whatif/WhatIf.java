package io.signalbox.mesh.whatif;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What another policy of one service would have made of the requests that are kept.
 *
 * @param policyRevision of the policy in force, which it is compared with; 0 when nobody wrote one
 * @param from since when something is held, within the time that was asked about: everything that is to be kept, or before
 *     {@code earlier} a part of it
 * @param until when it was asked
 * @param recorded requests to the service that are kept of that time, at most as many as were asked for
 * @param troubled how many of them are kept because they failed, were slow or were tried again
 * @param evaluated how many of them were decided again
 * @param counted how many requests to the service ended in that time in all; {@code null} when nobody knows
 * @param passedOver older ones that were left out because of the limit
 * @param unknown those of which it cannot be said, by why; never guessed
 * @param changes the exact ones first, then by how many
 * @param notReplayed parts of the policy that differ and of which nothing is said, by their names there
 * @param earlier what is held of the time before everything is; {@code null} where that is all of the time
 */
public record WhatIf(
        String service,
        long policyRevision,
        Instant from,
        Instant until,
        long recorded,
        long troubled,
        long evaluated,
        @Nullable Long counted,
        long passedOver,
        List<Unknown> unknown,
        List<Change> changes,
        List<String> notReplayed,
        @Nullable Earlier earlier) {

    public WhatIf {
        unknown = List.copyOf(unknown);
        changes = List.copyOf(changes);
        notReplayed = List.copyOf(notReplayed);
    }

    /**
     * Of the time before that all troubled requests are held, and of sampled ones those of one trace in so many.
     *
     * @param until when it ends, which is since when everything that is to be kept is held
     * @param sampled how many of {@link #recorded} are such sampled ones, each of which counts as {@code oneTraceIn}
     */
    public record Earlier(Instant until, long sampled, int oneTraceIn) {}

    /** Requests of which it cannot be said. */
    public record Unknown(Reason reason, long requests) {}

    /** Why it cannot be said. */
    public enum Reason {
        /** Their sidecars, in other processes, did not tell what they carried, only what came of them. */
        NOT_TOLD,
        /** The policy looks at a field that was not kept, since there were too many. */
        HEAD_CUT,
        /** The policy looks at a value that is a secret, and that their sidecars, in other processes, keep to themselves. */
        SECRET,
        /** They ended before anything was decided. */
        UNDECIDED,
        /** Too many draws are left to chance. */
        TOO_MANY_DRAWS
    }

    /** What share of the requests is kept, 0..1; {@code null} when nobody knows how many there were. */
    public static @Nullable Double share(long recorded, @Nullable Long counted) {
        return counted == null || counted == 0 ? null : (Double) Math.min(1, recorded / (double) counted);
    }
}
