package io.signalbox.mesh.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How one endpoint is picked out of those that may serve. The wire names are lower case with hyphens. */
public enum BalancingStrategy {
    ROUND_ROBIN,
    RANDOM,
    LEAST_REQUEST;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
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
