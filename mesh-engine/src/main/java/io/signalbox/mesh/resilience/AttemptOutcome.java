package io.signalbox.mesh.resilience;

/** How one attempt ended. */
public sealed interface AttemptOutcome {

    /** An answer's head came with this status. */
    record Answered(int status) implements AttemptOutcome {}

    /** An answer's head came with this status of gRPC, which is not 0: nothing else follows it. */
    record GrpcAnswered(int code) implements AttemptOutcome {}

    /** The time for this attempt passed before the answer's head. */
    record TimedOut() implements AttemptOutcome {}

    /** No connection could be made, so nothing was sent. */
    record ConnectFailed() implements AttemptOutcome {}

    /** The connection ended before the answer's head. */
    record Reset() implements AttemptOutcome {}

    /** Anything else, such as a broken protocol or a wrong identity: never worth another try. */
    record Other() implements AttemptOutcome {}
}
