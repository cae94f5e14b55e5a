package io.signalbox.mesh.model.status;

/** What keeps a rollout where it stands, or brought it there. */
public enum RolloutCause {
    /** Another rollout of the service comes first. */
    QUEUE,
    /** Its turn has come, and instances have not had time to register since the control plane started. */
    REGISTRATIONS,
    /** The next step waits for somebody. */
    STEP_GATE,
    /** The greatest weight is reached, and somebody has to promote it. */
    PROMOTION_GATE,
    /** A webhook has not agreed yet. */
    WEBHOOK,
    /** A change of the policy waits to be confirmed. */
    CONFIRMATION,
    /** What the evidence says. */
    VERDICT,
    /** What somebody did, in their own words; or in English, why it could not begin or what a change of the policy did. */
    NOTE
}
