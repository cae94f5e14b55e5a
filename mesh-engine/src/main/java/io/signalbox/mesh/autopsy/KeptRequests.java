package io.signalbox.mesh.autopsy;

/** Knows of which requests there is still a record. */
public interface KeptRequests {

    boolean has(String requestId);
}
