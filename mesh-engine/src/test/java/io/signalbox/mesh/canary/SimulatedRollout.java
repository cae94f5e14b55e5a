package io.signalbox.mesh.canary;

import java.time.Duration;

/**
 * How one simulated rollout ended: 10 % first, 10 % more at each step, done when all traffic is the candidate's.
 *
 * @param weight that the candidate had at the end, in percent
 * @param errors how many requests the candidate failed
 */
record SimulatedRollout(End end, Duration time, int weight, long errors) {

    /** How it ended. */
    enum End {
        PROMOTED,
        ROLLED_BACK,
        /** Neither within the longest time. */
        HELD
    }

    private static final int STEP = 10;

    static SimulatedRollout run(SimulatedTraffic traffic, RolloutJudge judge, Duration longest) {
        int weight = STEP;
        long errors = 0;
        Duration time = Duration.ZERO;
        while (time.compareTo(longest) < 0) {
            Window window = traffic.next(weight);
            time = time.plus(window.span());
            errors += window.candidate().failures();
            RolloutJudge.Move move = judge.look(window);
            if (move == RolloutJudge.Move.ROLL_BACK) {
                return new SimulatedRollout(End.ROLLED_BACK, time, weight, errors);
            }
            if (move == RolloutJudge.Move.STEP) {
                weight += STEP;
                if (weight >= 100) {
                    return new SimulatedRollout(End.PROMOTED, time, weight, errors);
                }
            }
        }
        return new SimulatedRollout(End.HELD, time, weight, errors);
    }
}
