package io.signalbox.mesh.whatif;

import org.jspecify.annotations.Nullable;

/**
 * Which requests the kept ones stand for.
 *
 * @param troubled kept because they failed, were slow or were tried again: all of those are
 * @param sampled kept by sampling: each stands for as many as were not
 * @param counted how many there were in all; {@code null} when nobody knows
 */
record Population(long troubled, long sampled, @Nullable Long counted) {

    /** How many percent of all those are; {@code null} when nobody knows how many there were. */
    @Nullable
    Double percent(double ofTroubled, double ofSampled) {
        Long all = counted;
        if (all == null || all == 0 || troubled + sampled == 0) {
            return null;
        }
        long real = Math.max(all, troubled + sampled);
        double each = sampled == 0 ? 0 : Math.max(1, (real - troubled) / (double) sampled);
        return Math.min(100, 100 * (ofTroubled + ofSampled * each) / real);
    }

    /** What share of them is kept, above 0, at most 1; 1 when nobody knows. */
    double share() {
        Double share = WhatIf.share(troubled + sampled, counted);
        return share == null || share == 0 ? 1 : share;
    }
}
