package io.signalbox.mesh.proxy.relay;

/** Where the connections of a listener bring what they read. Its methods are called on the connections' loops. */
public interface Reception {

    /** A request has come; exactly one {@link #ended} follows. */
    void began(ServerCall call);

    /** A request is over. */
    void ended();

    /** Whether no more requests are wanted. */
    boolean isClosing();

    /** The connection is no more. */
    void closed(CallerConnection connection);
}
