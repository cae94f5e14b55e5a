package io.signalbox.mesh.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How one endpoint is picked out of those that may serve. The wire names are lower case with hyphens. */
public enum BalancingStrategy {
    ROUND_ROBIN,
    WEIGHTED_ROUND_ROBIN,
    RANDOM,
    LEAST_REQUEST,
    PEAK_EWMA,
    RING_HASH,
    MAGLEV,
    /** Maglev on the source address, under the name that people know it by. */
    IP_HASH;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether requests that are alike in something go to the same endpoint. */
    public boolean hashes() {
        return switch (this) {
            case RING_HASH, MAGLEV, IP_HASH -> true;
            case ROUND_ROBIN, WEIGHTED_ROUND_ROBIN, RANDOM, LEAST_REQUEST, PEAK_EWMA -> false;
        };
    }

    /** Whether an endpoint of twice the weight gets twice the share. */
    public boolean weighs() {
        return this == WEIGHTED_ROUND_ROBIN || hashes();
    }

    public static BalancingStrategy parse(String text) {
        return Arrays.stream(values())
                .filter(strategy -> strategy.wireName().equals(text))
                .findFirst()
                .orElseThrow(() -> new InvalidValueException(
                        "loadBalancing.strategy",
                        text,
                        Arrays.stream(values()).map(BalancingStrategy::wireName).collect(Collectors.joining(" | "))));
    }
}
