package io.signalbox.mesh.model;

import java.time.Duration;

/** What comes before the first share of a rollout: the candidate gets no share, and few callers see it, or none. */
public sealed interface CanaryStage {

    /** The least time that is watched before what comes next. */
    Duration delay();

    /** Whether a person has to say that it goes on. */
    CanaryStep.Gate gate();

    /** Requests that match go to the candidate, and no others. */
    record Matching(RouteMatch match, Duration delay, CanaryStep.Gate gate) implements CanaryStage {

        public Matching {
            InvalidValueException.unless(
                    !match.equals(RouteMatch.ANY), "match", "no condition", "at least one, such as headers");
            requirePositive(delay);
        }
    }

    /**
     * Copies of requests go to the candidate, and nobody gets its answers.
     *
     * @param mirror to the candidate
     */
    record Mirrored(Mirror mirror, Duration delay, CanaryStep.Gate gate) implements CanaryStage {

        public Mirrored {
            requirePositive(delay);
        }
    }

    /** The policy as it is followed in this stage: what it holds itself comes first. */
    default TrafficPolicy within(TrafficPolicy policy, String candidate) {
        return switch (this) {
            case Matching matching -> policy.withLastRule(RoutingRule.of(matching.match(), candidate));
            case Mirrored mirrored ->
                policy.withExperiments(policy.experiments().withMirror(mirrored.mirror()));
        };
    }

    /** Whether that one sends the candidate the same; how long it takes, and its gate, may differ. */
    default boolean sendsAs(CanaryStage other) {
        return switch (this) {
            case Matching matching ->
                other instanceof Matching its && its.match().equals(matching.match());
            case Mirrored mirrored ->
                other instanceof Mirrored its && its.mirror().equals(mirrored.mirror());
        };
    }

    private static void requirePositive(Duration delay) {
        InvalidValueException.unless(delay.isPositive(), "delay", delay, "more than zero");
    }
}
