package io.signalbox.mesh.canary;

import java.time.Duration;

/** What decides over a simulated rollout, told one window after the other. */
interface RolloutJudge {

    /** What is to happen now. */
    enum Move {
        HOLD,
        STEP,
        ROLL_BACK
    }

    Duration STEP_DELAY = Duration.ofMinutes(5);

    Move look(Window window);

    /** The verdict of this package, asked every window; a step at the earliest five minutes after the last one. */
    final class ByEvidence implements RolloutJudge {
        private final Criteria criteria;
        private Evidence evidence = Evidence.none();
        private Duration inStep = Duration.ZERO;

        ByEvidence(Criteria criteria) {
            this.criteria = criteria;
        }

        @Override
        public Move look(Window window) {
            evidence = evidence.plus(window, criteria);
            inStep = inStep.plus(window.span());
            Verdict verdict = CanaryDecision.decide(evidence, criteria);
            if (verdict instanceof Verdict.RollBack) {
                return Move.ROLL_BACK;
            }
            if (verdict instanceof Verdict.Advance && inStep.compareTo(STEP_DELAY) >= 0) {
                evidence = evidence.atNewStep();
                inStep = Duration.ZERO;
                return Move.STEP;
            }
            return Move.HOLD;
        }
    }

    /**
     * Fixed thresholds, looked at once every five minutes over these five minutes.
     *
     * @see #accumulating
     * @see #inline
     */
    final class ByThreshold implements RolloutJudge {
        private final double successRate;
        private final double longestNanos;
        private final int failedChecks;
        private Duration inStep = Duration.ZERO;
        private Recent sum = Recent.NONE;
        private int failed;

        private ByThreshold(double successRate, double longestNanos, int failedChecks) {
            this.successRate = successRate;
            this.longestNanos = longestNanos;
            this.failedChecks = failedChecks;
        }

        @Override
        public Move look(Window window) {
            inStep = inStep.plus(window.span());
            sum = sum.plus(window);
            if (inStep.compareTo(STEP_DELAY) < 0) {
                return Move.HOLD;
            }
            boolean met = met(sum.candidate());
            inStep = Duration.ZERO;
            sum = Recent.NONE;
            failed += met ? 0 : 1;
            return met ? Move.STEP : failed >= failedChecks ? Move.ROLL_BACK : Move.HOLD;
        }

        /** A metric without values is a check that failed. */
        private boolean met(Slice slice) {
            return slice.requests() > 0
                    && slice.requests() - slice.failures() >= successRate * slice.requests()
                    && slice.latency().quantileNanos(0.99) <= longestNanos;
        }
    }

    /** As Flagger documents it: a failed check holds; so many of them in the whole rollout ({@code threshold: 5}) end it. */
    static RolloutJudge accumulating(double successRate, double longestNanos) {
        return new ByThreshold(successRate, longestNanos, 5);
    }

    /** As Argo Rollouts documents an analysis in a step: one measurement, and a failed one ({@code failureLimit: 0}) ends it. */
    static RolloutJudge inline(double successRate, double longestNanos) {
        return new ByThreshold(successRate, longestNanos, 1);
    }
}
