package io.signalbox.mesh.proxy.transport;

/** Learns once what became of the copy of a request. */
@FunctionalInterface
public interface CopyEnd {

    /**
     * @param status of the answer; 0 when no whole answer came in time
     * @param headNanos from sending the copy to the answer's head, or to the end when none came
     */
    void ended(int status, long headNanos);
}
