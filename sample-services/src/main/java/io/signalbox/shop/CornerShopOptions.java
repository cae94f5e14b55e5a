package io.signalbox.shop;

import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.shop.load.LoadProfile;

/**
 * How the shop is opened.
 *
 * @param seed of everything that is left to chance (default 42)
 * @param requestsPerSecond the load at the start, 0..1,000 (default the profile's)
 * @param profile what the shoppers do (default calm)
 */
public record CornerShopOptions(long seed, double requestsPerSecond, LoadProfile profile) {

    public static final long DEFAULT_SEED = 42;

    public CornerShopOptions {
        InvalidValueException.unless(
                requestsPerSecond >= 0 && requestsPerSecond <= CornerShop.MAX_REQUESTS_PER_SECOND,
                "rps",
                requestsPerSecond,
                "0.." + (int) CornerShop.MAX_REQUESTS_PER_SECOND);
    }

    public static CornerShopOptions defaults() {
        return of(LoadProfile.CALM);
    }

    public static CornerShopOptions of(LoadProfile profile) {
        return new CornerShopOptions(DEFAULT_SEED, profile.requestsPerSecond(), profile);
    }
}
