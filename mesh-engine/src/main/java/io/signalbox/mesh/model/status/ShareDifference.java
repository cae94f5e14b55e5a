package io.signalbox.mesh.model.status;

/**
 * Why a version of a split got another share than was asked, or why callers see another one.
 *
 * @param count what it rests on: of {@code FEW_REQUESTS} and {@code UNEXPLAINED} the requests counted, of {@code STICKINESS} the
 *     callers that kept requests tell apart, 0 when they tell none, of {@code LONG_CONNECTIONS} the connections, of {@code EJECTED_ENDPOINTS} the endpoints, of {@code RULES_FIRST} the
 *     requests that rules took
 * @param why in words
 */
public record ShareDifference(String version, Cause cause, long count, String why) {

    /** What brings it about. */
    public enum Cause {
        /** What was asked lies within the interval: with so few requests chance alone does that. */
        FEW_REQUESTS,
        /** The version of a connection is chosen once, however long it stays. */
        LONG_CONNECTIONS,
        /** Callers keep their version, so the share is one of callers, weighted by how much each asks. */
        STICKINESS,
        /** Endpoints of the version are left out, so that less of what it got was answered by it. */
        EJECTED_ENDPOINTS,
        /** Rules take requests before the split, so that its share of all is another one. */
        RULES_FIRST,
        /** None of these. */
        UNEXPLAINED
    }
}
