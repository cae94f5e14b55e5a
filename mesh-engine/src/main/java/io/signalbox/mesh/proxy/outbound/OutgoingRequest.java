package io.signalbox.mesh.proxy.outbound;

import io.signalbox.mesh.proxy.filter.EditedFields;
import io.signalbox.mesh.proxy.filter.MeshFields;
import io.signalbox.mesh.proxy.filter.NextHop;
import io.signalbox.mesh.proxy.transport.IncomingHead;
import io.signalbox.mesh.proxy.transport.MessageHeaders;
import io.signalbox.mesh.routing.NewKey;
import io.signalbox.mesh.routing.PlaceRewrite;
import io.signalbox.mesh.routing.RouteDecision;
import io.signalbox.mesh.trace.RequestId;
import io.signalbox.mesh.trace.TraceContext;
import java.util.random.RandomGenerator;

/** What goes to the next hop, the same in every attempt: the application's request as its route changes it. */
final class OutgoingRequest {

    private OutgoingRequest() {}

    static MessageHeaders fields(
            IncomingHead head, RouteDecision.Routed routed, TraceContext trace, RandomGenerator random) {
        MessageHeaders headers = NextHop.fieldsFor(head);
        headers.remove(MeshFields.TARGET);
        EditedFields.apply(routed.edits().request(), headers);
        PlaceRewrite place = routed.edits().place();
        String host = place == null ? null : place.host();
        if (host != null) {
            headers.set("Host", host);
        }
        headers.set(RequestId.HEADER, RequestId.keptOrNew(headers, random));
        trace.inject(headers);
        return headers;
    }

    /** Path and query. */
    static String target(IncomingHead head, RouteDecision.Routed routed) {
        PlaceRewrite place = routed.edits().place();
        return place != null && place.changesPath() ? place.target(head.path(), head.query()) : head.target();
    }

    /** Changes an answer's fields as its route asks, and gives the caller the key that was drawn for it. */
    static void edit(MessageHeaders answer, RouteDecision.Routed routed) {
        EditedFields.apply(routed.edits().response(), answer);
        NewKey given = routed.newKey();
        if (given != null) {
            answer.add("Set-Cookie", given.cookie());
        }
    }
}
