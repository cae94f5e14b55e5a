package io.signalbox.mesh.proxy.transport;

/** How a stream of bytes between a caller and its target ended. Both connections are closed by then. */
public sealed interface StreamEnd {

    /** Who was at an end of the stream. */
    enum Side {
        CALLER,
        TARGET
    }

    /** Both sides have said all that they had to say. */
    record Finished() implements StreamEnd {}

    /** That side broke off, and so the other one was reset. */
    record Broken(Side by) implements StreamEnd {}

    /**
     * The target refused the caller's side within TLS before it said anything: with TLS 1.3 that comes after the
     * connection stands.
     */
    record Refused(String detail) implements StreamEnd {}

    /** Neither side said anything for longer than is allowed; both were reset. */
    record Idle() implements StreamEnd {}

    /** The proxy is stopping; both were reset. */
    record Stopped() implements StreamEnd {}
}
