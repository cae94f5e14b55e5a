package io.signalbox.mesh.whatif;

import io.signalbox.mesh.explain.HeldHead;
import io.signalbox.mesh.explain.Recalled;
import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.model.HeaderEdits;
import io.signalbox.mesh.routing.Edits;
import io.signalbox.mesh.routing.PlaceRewrite;
import io.signalbox.mesh.routing.RouteDecision;
import io.signalbox.mesh.routing.RouteSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How a request looks, and who its caller proves to be, where it arrives. */
final class Arrival {

    private Arrival() {}

    /** The head as it is changed on the way. */
    static HeldHead head(HeldHead sent, Edits edits) {
        PlaceRewrite place = edits.place();
        HeaderEdits changes = edits.request();
        if (place == null && changes.isEmpty()) {
            return sent;
        }
        List<Map.Entry<String, String>> fields = new ArrayList<>();
        for (Map.Entry<String, String> field : sent.fields()) {
            if (!isGone(changes, field.getKey())) {
                fields.add(field);
            }
        }
        changes.set().forEach((name, value) -> fields.add(Map.entry(name, value)));
        changes.add().forEach((name, value) -> fields.add(Map.entry(name, value)));
        return new HeldHead(
                sent.method(),
                place == null ? sent.target() : place.target(sent.path(), sent.query()),
                sent.authority(),
                fields,
                sent.extent());
    }

    private static boolean isGone(HeaderEdits changes, String name) {
        return changes.remove().stream().anyMatch(name::equalsIgnoreCase)
                || changes.set().keySet().stream().anyMatch(name::equalsIgnoreCase);
    }

    /** An identity is proven on a connection that is secured. */
    static RouteSource proven(Recalled record, RouteDecision.Routed routed) {
        boolean secured = record.attempts().isEmpty()
                ? routed.endpoints().stream().anyMatch(Endpoint::secured)
                : record.attempts().getLast().secured();
        return record.caller().identity() != null && secured ? record.caller() : RouteSource.UNKNOWN;
    }

    /** Who it proved to be that was refused where it arrived. */
    static RouteSource proven(Recalled refused) {
        return refused.caller().identity() == null ? RouteSource.UNKNOWN : refused.caller();
    }
}
