package io.signalbox.mesh.proxy.filter;

import io.signalbox.mesh.proxy.transport.IncomingHead;
import io.signalbox.mesh.proxy.transport.MessageHeaders;

/** What every hop of the mesh does to a request's header fields before it passes them on. */
public final class NextHop {

    private NextHop() {}

    /** The fields of that head without what its sender said to this hop alone. */
    public static MessageHeaders fieldsFor(IncomingHead head) {
        MessageHeaders headers = head.headers().copy();
        String upgrade = Upgrade.asked(headers);
        HopByHop.strip(headers);
        Upgrade.pass(headers, upgrade);
        HopByHop.stripExpectation(headers);
        MeshFields.strip(headers);
        MaxForwards.count(head.method(), headers);
        Via.pass(head.version(), headers);
        return headers;
    }
}
