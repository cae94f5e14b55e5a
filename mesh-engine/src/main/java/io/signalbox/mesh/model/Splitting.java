package io.signalbox.mesh.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How requests that no rule took are divided among the versions of a service. */
public sealed interface Splitting {

    /** All versions serve alike: the endpoints of every version are balanced over together. */
    record Unsplit() implements Splitting {}

    /** Fixed shares, in the written order. The weights sum to 100. */
    record Weighted(Map<String, Weight> weights) implements Splitting {

        public Weighted {
            weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
            weights.keySet().forEach(version -> Names.version("split", version));
            int sum = weights.values().stream().mapToInt(Weight::percent).sum();
            InvalidValueException.unless(sum == 100, "split", weights, "weights that sum to 100, not " + sum);
        }
    }

    /** The two versions of a rollout. */
    record Versions(String stable, String candidate) {}

    /**
     * A rollout: the candidate takes a share that grows in steps, the stable version the rest.
     *
     * @param initialWeight the candidate's first share (default 10 %)
     * @param incrementStep added at each step (default 10 %)
     * @param incrementDelay the least time between steps (default 5 min)
     * @param maxWeight where the steps end (default 100 %)
     * @param successRate the least share of the candidate's calls that must succeed (default 0.99)
     * @param terms steps written one by one, and what is asked of the evidence
     */
    record Canary(
            String stable,
            String candidate,
            Weight initialWeight,
            Weight incrementStep,
            Duration incrementDelay,
            Weight maxWeight,
            SuccessRate successRate,
            CanaryTerms terms)
            implements Splitting {

        private static final int MOST_STEPS = 100;

        public Canary {
            Names.version("canary.stable", stable);
            Names.version("canary.candidate", candidate);
            InvalidValueException.unless(
                    !stable.equals(candidate), "canary.candidate", candidate, "another version than stable");
            InvalidValueException.unless(
                    incrementDelay.isPositive(), "canary.incrementDelay", incrementDelay, "more than zero");
            InvalidValueException.unless(
                    initialWeight.compareTo(maxWeight) <= 0,
                    "canary.initialWeight",
                    initialWeight,
                    "0..maxWeight, which is " + maxWeight);
            terms.stages().forEach(stage -> requireCopies(stage, candidate));
            if (!terms.steps().isEmpty()) {
                Weight first = terms.steps().getFirst().weight();
                Weight last = terms.steps().getLast().weight();
                InvalidValueException.unless(
                        initialWeight.equals(first), "canary.initialWeight", initialWeight, "that of the first step");
                InvalidValueException.unless(
                        maxWeight.equals(last), "canary.maxWeight", maxWeight, "that of the last step");
            }
        }

        /** One with the steps that the increment makes, and the documented criteria. */
        public Canary(
                String stable,
                String candidate,
                Weight initialWeight,
                Weight incrementStep,
                Duration incrementDelay,
                Weight maxWeight,
                SuccessRate successRate) {
            this(
                    stable,
                    candidate,
                    initialWeight,
                    incrementStep,
                    incrementDelay,
                    maxWeight,
                    successRate,
                    CanaryTerms.DEFAULT);
        }

        private static void requireCopies(CanaryStage stage, String candidate) {
            if (stage instanceof CanaryStage.Mirrored mirrored) {
                InvalidValueException.unless(
                        mirrored.mirror().version().filter(candidate::equals).isPresent(),
                        "canary.stages.mirror",
                        mirrored.mirror().to(),
                        "copies to the candidate, which is " + candidate);
            }
        }

        /** One whose candidate gets all requests in one step. */
        public static Canary atOnce(Versions versions, Duration delay, SuccessRate successRate, CanaryTerms terms) {
            return new Canary(
                    versions.stable(),
                    versions.candidate(),
                    Weight.ALL,
                    Weight.ALL,
                    delay,
                    Weight.ALL,
                    successRate,
                    terms);
        }

        public boolean isAtOnce() {
            return terms.pace() == CanaryTerms.Pace.AT_ONCE;
        }

        public Versions versions() {
            return new Versions(stable, candidate);
        }

        /** What sidecars follow of it: without stages, pace and webhooks, of which they know nothing. */
        public Canary followed() {
            CanaryTerms without = new CanaryTerms(terms.steps(), terms.bakeTime(), terms.criteria());
            return new Canary(
                    stable, candidate, initialWeight, incrementStep, incrementDelay, maxWeight, successRate, without);
        }

        /** What the candidate gets while no rollout is under way: nothing, when stages come before its first share. */
        public Weight startWeight() {
            return terms.stages().isEmpty() ? initialWeight : Weight.NONE;
        }

        /** The steps as written, or those that the increment makes from the initial weight to the greatest. */
        public List<CanaryStep> plannedSteps() {
            if (!terms.steps().isEmpty()) {
                return terms.steps();
            }
            List<CanaryStep> steps = new ArrayList<>();
            Weight next = initialWeight;
            while (steps.size() < MOST_STEPS) {
                if (!next.equals(Weight.NONE)) {
                    steps.add(new CanaryStep(next, incrementDelay, CanaryStep.Gate.NONE));
                }
                if (next.compareTo(maxWeight) >= 0 || incrementStep.equals(Weight.NONE)) {
                    break;
                }
                Weight grown = next.plus(incrementStep);
                next = grown.compareTo(maxWeight) > 0 ? maxWeight : grown;
            }
            return steps;
        }

        /** Whether it rolls the same version out beside the same stable one. */
        public boolean sameVersions(Canary other) {
            return stable.equals(other.stable) && candidate.equals(other.candidate);
        }
    }

    /**
     * Two versions side by side; the same value of the key always gets the same version.
     *
     * @param splitKey the header whose value decides; {@code A} and {@code B} choose outright, any other value by hash;
     *     empty when the policy's stickiness names the key
     * @param winner which of them wins, once an experiment is started; empty when none can be
     */
    record AbTest(
            String versionA,
            String versionB,
            String splitKey,
            Weight weightA,
            Weight weightB,
            Optional<AbWinner> winner)
            implements Splitting {

        public AbTest {
            Names.version("abTest.versionA", versionA);
            Names.version("abTest.versionB", versionB);
            InvalidValueException.unless(
                    splitKey.isEmpty() || !splitKey.isBlank(), "abTest.splitKey", splitKey, "a header name");
            int sum = weightA.percent() + weightB.percent();
            InvalidValueException.unless(
                    sum == 100, "abTest", weightA + ", " + weightB, "weights that sum to 100, not " + sum);
        }

        /** One without a rule that says which of them wins. */
        public AbTest(String versionA, String versionB, String splitKey, Weight weightA, Weight weightB) {
            this(versionA, versionB, splitKey, weightA, weightB, Optional.empty());
        }

        public AbTest withWinner(Optional<AbWinner> rule) {
            return new AbTest(versionA, versionB, splitKey, weightA, weightB, rule);
        }

        /** Refuses what was accepted once, and decides nothing. */
        public void requireSense() {
            InvalidValueException.unless(
                    !versionB.equals(versionA), "abTest.versionB", versionB, "another version than versionA");
            InvalidValueException.unless(
                    splitKey.isEmpty() || Stickiness.TOKEN.matcher(splitKey).matches(),
                    "abTest.splitKey",
                    splitKey,
                    "the name of a header field");
        }
    }
}
