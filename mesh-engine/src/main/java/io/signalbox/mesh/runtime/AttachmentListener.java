package io.signalbox.mesh.runtime;

import java.time.Instant;

/** Learns how a sidecar stands with the control plane that it is attached to. Called on threads of the attachment. */
public interface AttachmentListener {

    /** It opens its ports, and knows what in words for a person: what it begins with, and from where. */
    default void begins(String instance, String what) {}

    /** It follows the control plane, from that revision on. */
    default void attached(String instance, long revision) {}

    /** The control plane cannot be reached; the sidecar runs what it has. Told once until it is attached again. */
    default void away(String instance, String why) {}

    /** It has a new certificate. */
    default void certified(String instance, Instant notAfter) {}

    /** Something else that a person should know. */
    default void trouble(String instance, String what) {}

    /** One who does not listen. */
    static AttachmentListener none() {
        return new AttachmentListener() {};
    }
}
