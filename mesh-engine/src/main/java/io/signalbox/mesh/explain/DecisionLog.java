package io.signalbox.mesh.explain;

/**
 * The newest decision records of a process, bounded; see {@link RequestLog}. Listeners are told on an event loop, so they
 * must be quick.
 */
public final class DecisionLog extends RequestLog<DecisionRecord> {

    /**
     * @param troubledKept how many records of requests that failed, were slow or were retried
     * @param sampledKept how many of all others
     */
    public DecisionLog(int troubledKept, int sampledKept) {
        super(troubledKept, sampledKept);
    }
}
