package io.signalbox.mesh.whatif;

import org.jspecify.annotations.Nullable;

/**
 * Which requests the kept ones stand for.
 *
 * @param troubled kept because they failed, were slow or were tried again: all of those are
 * @param sampled kept by sampling: each stands for as many as were not
 * @param weight of the sampled ones together: one each, or as many as it stands for where but a part is still held
 * @param counted how many there were in all; {@code null} when nobody knows
 */
record Population(
        long troubled,
        long sampled,
        double weight,
        @Nullable Long counted) {

    /** How many percent of all those are, sampled ones by their weight; {@code null} when nobody knows how many there were. */
    @Nullable
    Double percent(double ofTroubled, double ofSampled) {
        Long all = counted;
        if (all == null || all == 0 || troubled + sampled == 0) {
            return null;
        }
        long real = Math.max(all, troubled + sampled);
        double each = weight == 0 ? 0 : (real - troubled) / weight;
        return Math.min(100, 100 * (ofTroubled + ofSampled * each) / real);
    }

    /** What share of them is kept, above 0, at most 1; 1 when nobody knows. */
    double share() {
        Double share = WhatIf.share(troubled + sampled, counted);
        return share == null || share == 0 ? 1 : share;
    }
}
