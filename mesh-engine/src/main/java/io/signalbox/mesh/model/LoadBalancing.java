package io.signalbox.mesh.model;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * How the endpoint of a request is picked.
 *
 * @param hashOn what {@code ring-hash} and {@code maglev} look at; they need it, and no other strategy takes it
 * @param weights of instances, 1..{@value #MOST_WEIGHT}, in place of what those registered with
 * @param slowStart how long an endpoint that has joined takes to its full share (default: it has it at once)
 * @param zonePreference whether requests stay in their zone (default: zones make no difference)
 * @param panicThreshold percent of endpoints; when fewer are usable, open circuits are ignored (default: never)
 */
public record LoadBalancing(
        BalancingStrategy strategy,
        Optional<HashOn> hashOn,
        Map<String, Integer> weights,
        Optional<Duration> slowStart,
        Optional<ZonePreference> zonePreference,
        OptionalInt panicThreshold) {

    public static final int MOST_WEIGHT = 1_000;

    public static final LoadBalancing DEFAULT = plain(BalancingStrategy.ROUND_ROBIN);

    public LoadBalancing {
        boolean needsHashOn = strategy == BalancingStrategy.RING_HASH || strategy == BalancingStrategy.MAGLEV;
        InvalidValueException.unless(
                hashOn.isPresent() || !needsHashOn,
                "loadBalancing.hashOn",
                "missing",
                "required with " + strategy.wireName() + ": source-address | path | {header: NAME} | {cookie: NAME}");
        InvalidValueException.unless(
                hashOn.isEmpty() || needsHashOn, "loadBalancing.hashOn", "given", "ring-hash or maglev as strategy");
        InvalidValueException.unless(
                weights.isEmpty() || strategy.weighs(),
                "loadBalancing.weights",
                "given",
                "a strategy that weighs: weighted-round-robin, ring-hash, maglev or ip-hash");
        weights.forEach((instance, weight) -> {
            Names.instance("loadBalancing.weights", instance);
            requireWeight("loadBalancing.weights." + instance, weight);
        });
        weights = Collections.unmodifiableMap(new TreeMap<>(weights));
        slowStart.ifPresent(ramp -> {
            InvalidValueException.unless(ramp.isPositive(), "loadBalancing.slowStart", ramp, "more than zero");
            InvalidValueException.unless(
                    !strategy.hashes(),
                    "loadBalancing.slowStart",
                    "given",
                    "nothing with " + strategy.wireName() + ", which would move requests to and fro");
        });
        panicThreshold.ifPresent(percent -> InvalidValueException.unless(
                percent >= 0 && percent <= 100, "loadBalancing.panicThreshold", percent, "0..100"));
    }

    /** That strategy and nothing beside it. */
    public static LoadBalancing plain(BalancingStrategy strategy) {
        return new LoadBalancing(
                strategy, Optional.empty(), Map.of(), Optional.empty(), Optional.empty(), OptionalInt.empty());
    }

    /** That strategy on what it is to look at. */
    public static LoadBalancing hashing(BalancingStrategy strategy, HashOn on) {
        return new LoadBalancing(
                strategy, Optional.of(on), Map.of(), Optional.empty(), Optional.empty(), OptionalInt.empty());
    }

    public LoadBalancing withWeights(Map<String, Integer> newWeights) {
        return new LoadBalancing(strategy, hashOn, newWeights, slowStart, zonePreference, panicThreshold);
    }

    public LoadBalancing withSlowStart(Duration ramp) {
        return new LoadBalancing(strategy, hashOn, weights, Optional.of(ramp), zonePreference, panicThreshold);
    }

    public LoadBalancing withZonePreference(ZonePreference preference) {
        return new LoadBalancing(strategy, hashOn, weights, slowStart, Optional.of(preference), panicThreshold);
    }

    public LoadBalancing withPanicThreshold(int percent) {
        return new LoadBalancing(strategy, hashOn, weights, slowStart, zonePreference, OptionalInt.of(percent));
    }

    /** What decides a request's endpoint; empty for a strategy that does not hash. */
    public Optional<HashOn> key() {
        return strategy == BalancingStrategy.IP_HASH ? Optional.of(new HashOn.SourceAddress()) : hashOn;
    }

    /** Whether both pick alike among the same candidates. */
    public boolean picksLike(LoadBalancing other) {
        return strategy == other.strategy
                && hashOn.equals(other.hashOn)
                && weights.equals(other.weights)
                && slowStart.equals(other.slowStart);
    }

    /** The weight that holds for that endpoint. */
    public int weightOf(Endpoint endpoint) {
        Integer own = weights.isEmpty() ? null : weights.get(endpoint.instanceId());
        return own == null ? endpoint.weight() : own;
    }

    static void requireWeight(String field, int weight) {
        InvalidValueException.unless(weight >= 1 && weight <= MOST_WEIGHT, field, weight, "1.." + MOST_WEIGHT);
    }
}
