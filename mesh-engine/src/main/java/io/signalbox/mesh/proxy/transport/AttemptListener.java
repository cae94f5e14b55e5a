package io.signalbox.mesh.proxy.transport;

/**
 * Learns how one attempt goes. Nothing here may block.
 *
 * <p>Calls come one after another: either {@link #onFailed}, or {@link #onHead} and then, once delivered, one of
 * {@link #onFailed}, {@link #onDelivered} and {@link #onCallerGone}; before the last two there may be trailers. After
 * {@link UpstreamAttempt#abandon} nothing is called any more, save a call already on its way.
 */
public interface AttemptListener {

    /** The answer's head is here: deliver the attempt or abandon it. */
    void onHead(ResponseHead head);

    /** The upstream failed. If the attempt was being delivered, the caller's connection has been broken off. */
    void onFailed(UpstreamFailure failure);

    /** The answer being delivered ends with these fields; they have been passed on. */
    default void onTrailers(MessageHeaders trailers) {}

    /** The last byte of the answer has been handed to the caller. */
    void onDelivered();

    /** The caller could not be written to, or stopped sending its own request. */
    void onCallerGone();
}
