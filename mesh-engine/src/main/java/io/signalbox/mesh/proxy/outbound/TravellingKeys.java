package io.signalbox.mesh.proxy.outbound;

import io.signalbox.mesh.model.RequestHead;
import io.signalbox.mesh.routing.NewKey;
import io.signalbox.mesh.routing.RouteTable;
import io.signalbox.mesh.routing.StableKeys;
import io.signalbox.mesh.trace.TraceContext;
import io.signalbox.mesh.trace.TraceState;
import org.jspecify.annotations.Nullable;

/**
 * How stable keys reach the next hops: hashed, as a member of {@code tracestate}, which applications pass on with the rest
 * of a trace. Where no policy of the mesh names a key, nothing is read and nothing written.
 */
final class TravellingKeys {

    static final String MEMBER = "signalbox";

    private TravellingKeys() {}

    /** The keys that the request carries itself, over those that came with its trace. */
    static StableKeys of(RequestHead head, TraceContext trace, RouteTable routes) {
        if (!routes.readsKeys()) {
            return StableKeys.NONE;
        }
        String travelled = TraceState.member(trace.tracestate(), MEMBER);
        return routes.keys(head, travelled == null ? StableKeys.NONE : StableKeys.parse(travelled));
    }

    /** The trace with these keys on it. */
    static TraceContext on(TraceContext trace, StableKeys keys, @Nullable NewKey drawn) {
        StableKeys all = drawn == null ? keys : keys.with(drawn);
        return all.isEmpty()
                ? trace
                : trace.withTracestate(TraceState.with(trace.tracestate(), MEMBER, all.toString()));
    }
}
