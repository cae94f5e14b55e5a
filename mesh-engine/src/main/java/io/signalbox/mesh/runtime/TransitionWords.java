package io.signalbox.mesh.runtime;

import io.signalbox.mesh.resilience.Transition;

/** Why a circuit moved, in words for a person. */
final class TransitionWords {

    private TransitionWords() {}

    static String of(Transition.Why why) {
        return switch (why) {
            case Transition.Why.FailuresInARow(int failures) ->
                failures == 1 ? "1 failure" : failures + " failures in a row";
            case Transition.Why.OpenTimeOver() -> "open time over";
            case Transition.Why.TrialsSucceeded(int trials) ->
                trials == 1 ? "1 trial succeeded" : trials + " trials succeeded";
            case Transition.Why.TrialFailed() -> "a trial failed";
            case Transition.Why.ByHand(String by, String reason) ->
                reason.isEmpty() ? "by " + by : "by " + by + ": " + reason;
        };
    }
}
