package io.signalbox.mesh.canary;

import io.signalbox.mesh.metrics.ShareInterval;

/**
 * A quantile of observed latencies in nanoseconds, with the interval that the true one lies in at one look (95 %): from the
 * end of Wilson's interval of the share below it. All are 0 when nothing was timed.
 */
record QuantileInterval(double low, double observed, double high) {

    static QuantileInterval of(Latencies latencies, double quantile) {
        long total = latencies.total();
        if (total == 0) {
            return new QuantileInterval(0, 0, 0);
        }
        ShareInterval share = ShareInterval.wilson(Math.round(quantile * total), total, ShareInterval.Z_95);
        return new QuantileInterval(
                latencies.quantileNanos(share.low()),
                latencies.quantileNanos(quantile),
                latencies.quantileNanos(share.high()));
    }
}
