package io.signalbox.mesh.client;

import java.net.URI;
import java.time.Instant;

/**
 * One of the control planes of a mesh that share a store.
 *
 * @param id made anew at each start
 * @param url where it serves
 * @param since when it started
 * @param here whether it is the one that tells
 */
public record ControlPlaneInfo(String id, URI url, Instant since, Role role, boolean here) {

    /** What it does beside serving. */
    public enum Role {
        /** Moves rollouts, takes back what nobody confirmed, forgets who is gone. */
        LEADS,
        /** Serves, and takes changes. */
        FOLLOWS,
        /** Serves what it knows and takes no change: the store does not answer it. */
        CUT_OFF
    }
}
