package io.signalbox.mesh.metrics;

/** What became of the copy of a request. */
public enum MirrorResult {
    /** It was answered with the status that the caller got. */
    SAME_STATUS,
    /** It was answered with another status. */
    OTHER_STATUS,
    /** No whole answer came in time. */
    FAILED,
    /** Not sent: too many copies were under way. */
    DROPPED,
    /** Not sent: the request's body was too long to be kept, or had not come whole when the answer came. */
    BODY_NOT_KEPT,
    /** Not sent: there is nowhere to send it. */
    NO_ENDPOINT
}
