package io.signalbox.mesh.model.status;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Why a verdict on a candidate is what it is, with its figures. Shares are 0..1, quantiles 0..1, latencies in nanoseconds. */
public sealed interface VerdictReason {

    /** A difference of the margin or more is ruled out, and the fixed thresholds are kept. */
    record NotWorse(double candidateFails, double stableFails, double margin) implements VerdictReason {}

    /** The candidate keeps its thresholds with all the traffic, and was not worse while stable ran beside it. */
    record KeepsThresholds() implements VerdictReason {}

    /** The candidate keeps its fixed thresholds, where it is not compared with stable. */
    record WithinThresholds(double candidateFails, long candidateRequests) implements VerdictReason {}

    /** Whether it keeps its fixed thresholds is not known yet, or it does not; it is not compared with stable. */
    record ThresholdsUntold(double candidateFails, long candidateRequests, long minimum) implements VerdictReason {}

    record FailsMore(double candidateFails, long candidateRequests, double stableFails, long stableRequests)
            implements VerdictReason {}

    record Slower(double quantile, double candidateNanos, double stableNanos) implements VerdictReason {}

    /** More of its requests fail than the fixed threshold allows. */
    record FailsTooOften(double fails, double most) implements VerdictReason {}

    /** It takes longer than the fixed threshold allows. */
    record TooSlow(double quantile, double nanos) implements VerdictReason {}

    /** Stable breaks its own objective, so nothing is held against the candidate. */
    record StableFails(double fails, double most) implements VerdictReason {}

    /** The candidate had no request in this step. */
    record NoRequests() implements VerdictReason {}

    /**
     * The candidate breaks a fixed threshold, but stable may do the same.
     *
     * @param broken which; {@code null} where it is of a kind that only a newer control plane knows
     */
    record MayBeBoth(@Nullable VerdictReason broken) implements VerdictReason {}

    /** Too little is known, and how much is missing cannot be told. */
    record Untold(long requests) implements VerdictReason {}

    /**
     * Too little is known.
     *
     * @param atThisRate {@code null} when nothing comes, or in more than a year
     */
    record Missing(long requests, long missing, @Nullable Duration atThisRate) implements VerdictReason {}

    /**
     * What an A/B experiment says of its two versions.
     *
     * @param quantile which latency is compared
     * @param aNanos version A's latency at the quantile; 0 where none is compared or known
     * @param left how long it goes on at most; {@code null} once it has ended
     */
    record Compared(
            AbOutcome outcome,
            double aFails,
            long aRequests,
            double bFails,
            long bRequests,
            double quantile,
            double aNanos,
            double bNanos,
            @Nullable Duration left)
            implements VerdictReason {}

    /** The candidate is not worse than stable, but keeps no fixed threshold yet. */
    record ThresholdsOpen(double candidateFails) implements VerdictReason {}
}
