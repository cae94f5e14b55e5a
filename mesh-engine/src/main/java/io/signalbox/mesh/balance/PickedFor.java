package io.signalbox.mesh.balance;

/** What a balancer picked an endpoint for. */
public enum PickedFor {
    /** There was no other candidate. */
    ONLY_ONE,
    /** Its last turn was longest ago. */
    TURN,
    /** It had the most credit; the score is the credit, in turns of one of weight. */
    CREDIT,
    /** Chance alone. */
    CHANCE,
    /** It had the fewest calls in flight of those compared; the score is the calls, more on a ramp. */
    FEWEST_CALLS,
    /** It was the cheaper of two that were drawn; the score is the cost in nanoseconds: latency times calls. */
    LEAST_COST,
    /** The request's key belongs to it. */
    KEY_OWNER,
    /** The owner of the request's key was no candidate, and it drew highest for the key; the score is the draw. */
    KEY_DRAW
}
