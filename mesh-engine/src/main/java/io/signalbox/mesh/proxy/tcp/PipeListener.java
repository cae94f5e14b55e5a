package io.signalbox.mesh.proxy.tcp;

import io.signalbox.mesh.proxy.transport.StreamEnd;

/** Learns what goes through a pipe, on its loop's thread. */
public interface PipeListener {

    /** So many bytes of that side have been taken to be passed on. */
    default void passed(StreamEnd.Side from, int bytes) {}

    /** It is over and both wires are closed; called once. */
    void ended(StreamEnd end);
}
