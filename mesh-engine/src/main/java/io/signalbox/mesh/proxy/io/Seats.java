package io.signalbox.mesh.proxy.io;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many connections a listener may have open at once, and how many it has. Who accepts takes a seat for each; it is
 * given back when the connection has closed. Safe to use from any thread.
 */
public final class Seats {

    private final int most;
    private final Runnable crowded;
    private final AtomicInteger taken = new AtomicInteger();
    private volatile Runnable waiting = () -> {};

    /** @param crowded asked for room while somebody waits for a seat, a few times a second; must not block */
    public Seats(int most, Runnable crowded) {
        this.most = most;
        this.crowded = crowded;
    }

    /** How many are taken. */
    public int taken() {
        return taken.get();
    }

    /** Gives a seat back. */
    public void leave() {
        taken.decrementAndGet();
        waiting.run();
    }

    /** Only the acceptor takes seats, on its loop's thread. */
    boolean isFull() {
        return taken.get() >= most;
    }

    void take() {
        taken.incrementAndGet();
    }

    /** Somebody waits: runs that at each seat that is given back. */
    void await(Runnable freed) {
        waiting = freed;
    }

    void askForRoom() {
        crowded.run();
    }

    void awaitNoMore() {
        waiting = () -> {};
    }
}
