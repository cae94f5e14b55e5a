package io.signalbox.mesh.proxy.filter;

import io.signalbox.mesh.proxy.message.IdentityFields;
import io.signalbox.mesh.proxy.transport.MessageHeaders;

/** The mesh's own header fields, and keeping strangers from setting them. */
public final class MeshFields {

    /** In answers: why the mesh answered itself, or took the answer for the application's. */
    public static final String CAUSE = "x-signalbox-cause";

    /** In answers: the faults of the policy that befell the request, by name. */
    public static final String FAULT = "x-signalbox-fault";

    /** In copies of requests: the service that was asked; whoever asked it does not get this answer. */
    public static final String MIRROR = "x-signalbox-mirror";

    /** In requests to the application: the service that calls, proven by its certificate. */
    public static final String SOURCE = "x-signalbox-source";

    /** In requests to the outbound listener: the service that is meant; does not travel on. */
    public static final String TARGET = "X-Target-Service";

    /** In requests between sidecars: the milliseconds for which the caller's sidecar waits for the answer's head. */
    public static final String DEADLINE = "x-signalbox-deadline-ms";

    private MeshFields() {}

    /** Removes every field that would speak in the mesh's name, or say who calls. */
    public static void strip(MessageHeaders headers) {
        headers.removeIf(IdentityFields::isOne);
    }
}
