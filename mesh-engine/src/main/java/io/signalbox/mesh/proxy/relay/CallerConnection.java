package io.signalbox.mesh.proxy.relay;

/** A caller's connection, as its listener sees it. Belongs to its loop's thread. */
public interface CallerConnection {

    /** How long it has had no request at hand; 0 while it has one or is about to close. */
    long idleNanos(long now);

    /** Takes no more requests, and closes once those at hand have been answered. */
    void drain();

    /** Closes now; requests at hand lose their caller. */
    void close();
}
