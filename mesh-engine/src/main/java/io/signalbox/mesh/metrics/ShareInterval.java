package io.signalbox.mesh.metrics;

import io.signalbox.mesh.model.InvalidValueException;

/**
 * An observed share with the interval that its true value lies in, given how much was observed.
 *
 * @param share 0..1; 0 when nothing was observed
 */
public record ShareInterval(double low, double share, double high) {

    /** The normal quantile of a two-sided 95 % interval. */
    public static final double Z_95 = 1.96;

    public ShareInterval {
        InvalidValueException.unless(0 <= low && low <= high && high <= 1, "interval", low + ".." + high, "0..1");
    }

    /**
     * Wilson's score interval without continuity correction (Wilson 1927; method 3 of Newcombe 1998).
     *
     * <p>It is 0..1 when nothing was observed, begins at exactly 0 without a success and ends at exactly 1 without a
     * failure.
     *
     * @param z the normal quantile, such as {@link #Z_95}
     */
    public static ShareInterval wilson(long successes, long n, double z) {
        InvalidValueException.unless(n >= 0, "n", n, ">= 0");
        InvalidValueException.unless(successes >= 0 && successes <= n, "successes", successes, "0.." + n);
        InvalidValueException.unless(z > 0, "z", z, "> 0");
        if (n == 0) {
            return new ShareInterval(0, 0, 1);
        }
        double share = (double) successes / n;
        double z2 = z * z;
        double centre = share + z2 / (2 * n);
        double reach = z * Math.sqrt(share * (1 - share) / n + z2 / (4.0 * n * n));
        double scale = 1 + z2 / n;
        double low = successes == 0 ? 0 : Math.max(0, (centre - reach) / scale);
        double high = successes == n ? 1 : Math.min(1, (centre + reach) / scale);
        return new ShareInterval(low, share, high);
    }
}
