package io.signalbox.console.faults;

import io.signalbox.console.rollouts.GuideCard;
import io.signalbox.mesh.client.RolloutRequest;
import io.signalbox.mesh.model.ChangeNote;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** A rollout in which a planted fault is to be met. */
enum GuidedRollout {
    BAD_CANARY("bad-canary"),
    BAD_CANARY_STABLE_TOO("bad-canary-stable-too");

    static final String SERVICE = "catalog";
    static final String CANDIDATE = "v2";

    private static final int FIRST_SHARE = 30;
    private static final Duration DELAY = Duration.ofSeconds(20);

    private final String fault;

    GuidedRollout(String fault) {
        this.fault = fault;
    }

    static Optional<GuidedRollout> of(String fault) {
        return Arrays.stream(values())
                .filter(guided -> guided.fault.equals(fault))
                .findFirst();
    }

    /** With a first share that lets its requests tell something soon. */
    RolloutRequest request() {
        return new RolloutRequest(CANDIDATE, null, FIRST_SHARE, null, DELAY, null, null, null);
    }

    /** By its reason the rollout is known as the lesson's. */
    ChangeNote note(String by) {
        return new ChangeNote(by, GuideCard.reason(fault));
    }
}
