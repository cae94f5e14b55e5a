package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.client.RunningVersions;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.model.Splitting;
import io.signalbox.mesh.model.TrafficPolicy;
import io.signalbox.mesh.model.UnknownNameException;
import io.signalbox.mesh.model.Weight;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The shares that versions of a service are asked to get, and how asking for some changes the rest. */
record SplitWeights(Splitting splitting, Optional<Weight> candidateWeight) {

    /** What each version is asked to get, in the written order; empty when nothing is split. */
    Map<String, Weight> asked() {
        Map<String, Weight> asked = new LinkedHashMap<>();
        switch (splitting) {
            case Splitting.Unsplit() -> {}
            case Splitting.Weighted(Map<String, Weight> weights) -> asked.putAll(weights);
            case Splitting.Canary canary -> {
                Weight candidate = candidateWeight.orElse(canary.startWeight());
                asked.put(canary.stable(), candidate.complement());
                asked.put(canary.candidate(), candidate);
            }
            case Splitting.AbTest test -> {
                asked.put(test.versionA(), test.weightA());
                asked.put(test.versionB(), test.weightB());
            }
        }
        return asked;
    }

    /** A canary that goes on keeps its share, unless the file asks for another beginning. */
    static Optional<Weight> startWeight(TrafficPolicy policy, PolicyRevision before) {
        if (!(policy.splitting() instanceof Splitting.Canary next)) {
            return Optional.empty();
        }
        return goesOn(next, before) ? before.candidateWeight() : Optional.of(next.startWeight());
    }

    /** A stage that is in force stays so, unless the file has one in its place that sends something else. */
    static int startStage(TrafficPolicy policy, PolicyRevision before) {
        return policy.splitting() instanceof Splitting.Canary next
                        && goesOn(next, before)
                        && next.terms()
                                .stage(before.stage())
                                .flatMap(stage -> before.stageInForce().filter(stage::sendsAs))
                                .isPresent()
                ? before.stage()
                : PolicyRevision.NO_STAGE;
    }

    private static boolean goesOn(Splitting.Canary next, PolicyRevision before) {
        return before.policy().splitting() instanceof Splitting.Canary old
                && old.sameVersions(next)
                && old.initialWeight().equals(next.initialWeight());
    }

    /**
     * Sets the shares of some versions; the others keep their proportions within what is left.
     *
     * @param running how many instances of each version are registered
     */
    SplitWeights with(Map<String, Weight> wanted, Map<String, Integer> running) {
        InvalidValueException.unless(!wanted.isEmpty(), "weights", "none", "at least one VERSION=PERCENT");
        refuseUnknown(wanted, running);
        return switch (splitting) {
            case Splitting.Unsplit() -> new SplitWeights(weighted(wanted, running), Optional.empty());
            case Splitting.Weighted(Map<String, Weight> weights) -> {
                Map<String, Integer> base = new LinkedHashMap<>();
                weights.forEach((version, weight) -> base.put(version, weight.percent()));
                wanted.keySet().forEach(version -> base.putIfAbsent(version, 0));
                yield new SplitWeights(weighted(wanted, base), Optional.empty());
            }
            case Splitting.Canary canary -> {
                Map<String, Weight> fitted = fit(wanted, Map.of(canary.stable(), 1, canary.candidate(), 1));
                yield new SplitWeights(canary, Optional.ofNullable(fitted.get(canary.candidate())));
            }
            case Splitting.AbTest test -> {
                Map<String, Weight> fitted = fit(wanted, Map.of(test.versionA(), 1, test.versionB(), 1));
                Weight a = fitted.getOrDefault(test.versionA(), Weight.NONE);
                yield new SplitWeights(
                        new Splitting.AbTest(test.versionA(), test.versionB(), test.splitKey(), a, a.complement())
                                .withWinner(test.winner()),
                        Optional.empty());
            }
        };
    }

    private void refuseUnknown(Map<String, Weight> wanted, Map<String, Integer> running) {
        Set<String> known = new LinkedHashSet<>(asked().keySet());
        if (splitting instanceof Splitting.Unsplit || splitting instanceof Splitting.Weighted) {
            known.addAll(running.keySet());
        }
        wanted.forEach((version, weight) -> {
            if (!known.contains(version)) {
                throw new UnknownNameException("version", version, known);
            }
            if (!weight.equals(Weight.NONE)) {
                RunningVersions.require("version", version, running);
            }
        });
    }

    private static String listed(Collection<String> versions) {
        return versions.isEmpty() ? "none has one" : String.join(", ", versions);
    }

    private static Splitting weighted(Map<String, Weight> wanted, Map<String, Integer> base) {
        InvalidValueException.unless(
                base.size() > 1, "versions", listed(base.keySet()), "at least two versions to divide traffic among");
        return new Splitting.Weighted(fit(wanted, base));
    }

    /** The wanted shares, and what is left of 100 divided among the others in proportion to {@code base}. */
    static Map<String, Weight> fit(Map<String, Weight> wanted, Map<String, Integer> base) {
        int sum = wanted.values().stream().mapToInt(Weight::percent).sum();
        List<String> others = base.keySet().stream()
                .filter(version -> !wanted.containsKey(version))
                .toList();
        InvalidValueException.unless(
                others.isEmpty() ? sum == 100 : sum <= 100,
                "weights",
                String.join(
                        ", ",
                        wanted.entrySet().stream()
                                .map(e -> e.getKey() + "=" + e.getValue().percent())
                                .toList()),
                "weights that sum to " + (others.isEmpty() ? "100" : "at most 100") + ", not " + sum);
        Map<String, Integer> rest = divide(100 - sum, others, base);
        Map<String, Weight> fitted = new LinkedHashMap<>();
        base.keySet()
                .forEach(version ->
                        fitted.put(version, wanted.getOrDefault(version, new Weight(rest.getOrDefault(version, 0)))));
        return fitted;
    }

    /** Divides by largest remainder; evenly when nobody has anything. */
    private static Map<String, Integer> divide(int amount, List<String> among, Map<String, Integer> base) {
        int whole = among.stream()
                .mapToInt(version -> base.getOrDefault(version, 0))
                .sum();
        Map<String, Integer> shares = new LinkedHashMap<>();
        Map<String, Integer> remainders = new LinkedHashMap<>();
        for (String version : among) {
            int part = whole == 0 ? 1 : base.getOrDefault(version, 0);
            int of = whole == 0 ? among.size() : whole;
            shares.put(version, amount * part / of);
            remainders.put(version, amount * part % of);
        }
        int left = amount - shares.values().stream().mapToInt(Integer::intValue).sum();
        remainders.entrySet().stream()
                .sorted(Comparator.comparingInt((Map.Entry<String, Integer> e) -> -e.getValue()))
                .limit(among.isEmpty() ? 0 : left)
                .forEach(e -> shares.merge(e.getKey(), 1, Integer::sum));
        return shares;
    }
}
