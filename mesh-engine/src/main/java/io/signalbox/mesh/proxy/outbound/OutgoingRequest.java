package io.signalbox.mesh.proxy.outbound;

import io.signalbox.mesh.proxy.filter.EditedFields;
import io.signalbox.mesh.proxy.filter.MeshFields;
import io.signalbox.mesh.proxy.filter.NextHop;
import io.signalbox.mesh.proxy.transport.IncomingHead;
import io.signalbox.mesh.proxy.transport.MessageHeaders;
import io.signalbox.mesh.routing.PlaceRewrite;
import io.signalbox.mesh.routing.RouteDecision;
import io.signalbox.mesh.trace.RequestId;
import io.signalbox.mesh.trace.TraceContext;
import java.util.random.RandomGenerator;

/**
 * What goes to the next hop, the same in every attempt: the application's request as its route changes it.
 *
 * @param target path and query
 */
record OutgoingRequest(String target, MessageHeaders headers) {

    static OutgoingRequest of(
            IncomingHead head, RouteDecision.Routed routed, TraceContext trace, RandomGenerator random) {
        MessageHeaders headers = NextHop.fieldsFor(head);
        headers.remove(MeshFields.TARGET);
        EditedFields.apply(routed.edits().request(), headers);
        headers.set(RequestId.HEADER, RequestId.keptOrNew(headers, random));
        trace.inject(headers);
        PlaceRewrite place = routed.edits().place();
        return new OutgoingRequest(place == null ? head.target() : rewritten(head, place, headers), headers);
    }

    private static String rewritten(IncomingHead head, PlaceRewrite place, MessageHeaders headers) {
        String host = place.host();
        if (host != null) {
            headers.set("Host", host);
        }
        return place.changesPath() ? place.target(head.path(), head.query()) : head.target();
    }

    /** Changes an answer's fields as its route asks, and gives the caller the key that was drawn for it. */
    static void edit(MessageHeaders answer, RouteDecision.Routed routed) {
        EditedFields.apply(routed.edits().response(), answer);
        if (routed.newKey() != null) {
            answer.add("Set-Cookie", routed.newKey().cookie());
        }
    }
}
