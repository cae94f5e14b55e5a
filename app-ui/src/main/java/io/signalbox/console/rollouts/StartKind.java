package io.signalbox.console.rollouts;

import io.signalbox.mesh.model.Splitting;

/** The kinds of rollout that can be started. */
enum StartKind {
    CANARY("canary"),
    BLUE_GREEN("blue-green"),
    AB_TEST("ab");

    private final String id;

    StartKind(String id) {
        this.id = id;
    }

    /** The kind that a policy is written for. */
    static StartKind of(Splitting splitting) {
        return switch (splitting) {
            case Splitting.Canary canary when canary.isAtOnce() -> BLUE_GREEN;
            case Splitting.AbTest _ -> AB_TEST;
            case Splitting.Canary _, Splitting.Weighted _, Splitting.Unsplit _ -> CANARY;
        };
    }

    /** The part of its texts' keys. */
    String id() {
        return id;
    }
}
