package io.signalbox.shop.load;

import com.google.errorprone.annotations.Immutable;
import io.signalbox.mesh.model.InvalidValueException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** A kind of day in the shop: how many come, and what they do. */
public enum LoadProfile {
    /** 40 requests a second: browse 10, view the cart 3, add 2, ask for prices 2, check out 1. */
    CALM(40, 200, new Mix(10, 3, 2, 2, 1)),
    /** The same people in a hurry: 200 requests a second. */
    LUNCH(200, 200, new Mix(10, 3, 2, 2, 1)),
    /** 600 requests a second, and many of them buy. */
    FLASH_SALE(600, 200, new Mix(6, 3, 4, 3, 2)),
    /** Five robots that read the whole catalogue, 150 requests a second, and buy nothing. */
    BOT(150, 5, new Mix(1, 0, 0, 0, 0));

    private final double requestsPerSecond;
    private final int shoppers;
    private final Mix mix;

    LoadProfile(double requestsPerSecond, int shoppers, Mix mix) {
        this.requestsPerSecond = requestsPerSecond;
        this.shoppers = shoppers;
        this.mix = mix;
    }

    public double requestsPerSecond() {
        return requestsPerSecond;
    }

    public int shoppers() {
        return shoppers;
    }

    Mix mix() {
        return mix;
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static LoadProfile parse(String text) {
        return Arrays.stream(values())
                .filter(profile -> profile.wireName().equals(text))
                .findFirst()
                .orElseThrow(() -> new InvalidValueException(
                        "profile",
                        text,
                        Arrays.stream(values()).map(LoadProfile::wireName).collect(Collectors.joining(" | "))));
    }

    /** Relative frequencies. */
    @Immutable
    record Mix(int browse, int viewCart, int add, int prices, int checkout) {

        int total() {
            return browse + viewCart + add + prices + checkout;
        }
    }
}
