package io.signalbox.mesh.balance;

import io.signalbox.mesh.hash.StableHash;
import io.signalbox.mesh.model.BalancingStrategy;
import io.signalbox.mesh.model.Endpoint;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Maglev and ring as their papers describe them: a permutation written out for each backend, and a sorted map. */
final class NaiveTables {

    private final BalancingStrategy strategy;
    private Map<Integer, String> places = Map.of();
    private NavigableMap<Long, String> ring = new TreeMap<>();

    NaiveTables(BalancingStrategy strategy) {
        this.strategy = strategy;
    }

    void follow(List<Endpoint> endpoints) {
        List<Endpoint> sorted = new ArrayList<>(endpoints);
        sorted.sort(Comparator.comparing(Endpoint::instanceId));
        int highest = sorted.stream().mapToInt(Endpoint::weight).max().orElseThrow();
        if (strategy == BalancingStrategy.MAGLEV) {
            places = maglev(sorted, highest);
        } else {
            ring = ring(sorted, highest);
        }
    }

    Endpoint pick(List<Endpoint> candidates, long key) {
        String owner = strategy == BalancingStrategy.MAGLEV ? maglevOwner(key) : ringOwner(key);
        Optional<Endpoint> own = candidates.stream()
                .filter(candidate -> candidate.instanceId().equals(owner))
                .findFirst();
        return own.orElseGet(() -> candidates.size() == 1
                ? candidates.getFirst()
                : candidates.stream()
                        .max(Comparator.comparingDouble(candidate -> -candidate.weight()
                                / Math.log(StableHash.unit(
                                        StableHash.mix(key ^ StableHash.of(0x7a11L, candidate.instanceId()))))))
                        .orElseThrow());
    }

    private @Nullable String maglevOwner(long key) {
        // The key's place is its share of all keys: key / 2^64 of the table.
        double share = (key >>> 1) / 0x1p63;
        int rough = (int) Math.floor(share * MaglevTable.SIZE);
        BigInteger unsigned = new BigInteger(Long.toUnsignedString(key));
        int exact = unsigned.multiply(BigInteger.valueOf(MaglevTable.SIZE))
                .shiftRight(64)
                .intValue();
        if (Math.abs(rough - exact) > 1) {
            throw new AssertionError(rough + " is not near " + exact);
        }
        return places.get(exact);
    }

    private @Nullable String ringOwner(long key) {
        Map.Entry<Long, String> next = ring.ceilingEntry(key);
        return next == null ? ring.get(ring.firstKey()) : next.getValue();
    }

    private static Map<Integer, String> maglev(List<Endpoint> sorted, int highest) {
        Map<String, List<Integer>> permutations = new HashMap<>();
        Map<String, Integer> next = new HashMap<>();
        for (Endpoint endpoint : sorted) {
            long offset = Long.remainderUnsigned(StableHash.of(0, endpoint.instanceId()), MaglevTable.SIZE);
            long skip = Long.remainderUnsigned(StableHash.of(0x5eedL, endpoint.instanceId()), MaglevTable.SIZE - 1) + 1;
            List<Integer> permutation = new ArrayList<>();
            for (long j = 0; j < MaglevTable.SIZE; j++) {
                permutation.add((int) ((offset + j * skip) % MaglevTable.SIZE));
            }
            permutations.put(endpoint.instanceId(), permutation);
        }
        Map<Integer, String> entries = new HashMap<>();
        for (long round = 1; entries.size() < MaglevTable.SIZE; round++) {
            for (Endpoint endpoint : sorted) {
                long due = round * endpoint.weight() / highest - (round - 1) * endpoint.weight() / highest;
                if (due > 0 && entries.size() < MaglevTable.SIZE) {
                    List<Integer> permutation = permutations.getOrDefault(endpoint.instanceId(), List.of());
                    int at = next.getOrDefault(endpoint.instanceId(), 0);
                    while (entries.containsKey(permutation.get(at))) {
                        at++;
                    }
                    entries.put(permutation.get(at), endpoint.instanceId());
                    next.put(endpoint.instanceId(), at + 1);
                }
            }
        }
        return entries;
    }

    private static NavigableMap<Long, String> ring(List<Endpoint> sorted, int highest) {
        NavigableMap<Long, String> points = new TreeMap<>();
        for (int i = 0; i < sorted.size(); i++) {
            Endpoint endpoint = sorted.get(i);
            long many = Math.max(1, Math.round(256.0 * endpoint.weight() / highest));
            for (long point = 0; point < many; point++) {
                long hash = StableHash.mix(StableHash.of(0, endpoint.instanceId()) + point);
                points.put((hash >> 16 << 16) + i, endpoint.instanceId());
            }
        }
        return points;
    }
}
